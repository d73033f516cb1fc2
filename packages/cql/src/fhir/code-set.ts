import { Code, Concept } from '../runtime/values.ts'
import type { ValueSetCode } from '../package/value-set-codes.ts'

/** The codes of a value set; whether it holds one is two look-ups. */
export class CodeSet {
  readonly url: string
  readonly version: string | null
  readonly members: readonly ValueSetCode[]
  readonly #bySystem = new Map<string, Set<string>>()
  #everywhere: Set<string> | undefined

  constructor(url: string, members: readonly ValueSetCode[], version: string | null = null) {
    this.url = url
    this.version = version
    this.members = members
    for (const { system, code } of members) {
      const known = this.#bySystem.get(system)
      if (known) known.add(code)
      else this.#bySystem.set(system, new Set([code]))
    }
  }

  has(system: unknown, code: unknown): boolean {
    return this.#bySystem.get(system as string)?.has(code as string) ?? false
  }

  /** A code without a system (an element of type `code`): whether any system of the set has it. */
  hasCode(code: string): boolean {
    this.#everywhere ??= new Set(this.members.map((member) => member.code))
    return this.#everywhere.has(code)
  }
}

/** Finds the codes of a value set by its canonical, with the version that stands beside it where one does. */
export type CodeSets = (canonical: string, version?: string) => CodeSet | null

/** InValueSet (CQL 1.5, Reference, "In (Valueset)"): false for null. A Concept is in when one of its codes is. */
export function inValueSet(value: unknown, set: CodeSet): boolean {
  if (value instanceof Code) return set.has(value.system, value.code)
  if (value instanceof Concept) return (value.codes ?? []).some((code) => code !== null && set.has(code.system, code.code))
  if (typeof value === 'string') return set.hasCode(value)
  return Array.isArray(value) ? anyInValueSet(value, set) : false
}

/** AnyInValueSet (CQL 1.5, Reference, "In (Valueset)", overload for lists). */
export function anyInValueSet(values: unknown, set: CodeSet): boolean {
  if (!Array.isArray(values)) return inValueSet(values, set)
  return values.some((value) => inValueSet(value, set))
}
