import { Code, ValueSet } from 'cql-execution'
import type { ValueSetCode } from '../package/value-set-codes.ts'

/** A value set whose membership is a look-up; cql-execution's own compares with every code. */
export class CodeSet extends ValueSet {
  readonly members: readonly ValueSetCode[]
  readonly #bySystem = new Map<string, Set<string>>()

  constructor(url: string, version: string, codes: readonly ValueSetCode[]) {
    super(
      url,
      version,
      codes.map(({ system, code, display }) => new Code(code, system, undefined, display)),
    )
    this.members = codes
    for (const { system, code } of codes) {
      const known = this.#bySystem.get(system)
      if (known) known.add(code)
      else this.#bySystem.set(system, new Set([code]))
    }
  }

  /** A Coding without a system is in no value set; a bare `code` element means the set's one system. */
  override hasMatch(value: unknown): boolean {
    if (Array.isArray(value)) return value.some((item) => this.hasMatch(item))
    if (value instanceof Code) return this.#bySystem.get(value.system ?? '')?.has(value.code) ?? false
    if (isConcept(value)) return value.codes.some((code) => this.hasMatch(code))
    return super.hasMatch(value as string) as boolean
  }
}

const isConcept = (value: unknown): value is { codes: readonly Code[] } =>
  typeof value === 'object' && value !== null && 'isConcept' in value
