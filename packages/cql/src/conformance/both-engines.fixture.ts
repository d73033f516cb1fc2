import cql from 'cql-execution'
import { evaluateLibrary } from '../compiler/evaluate-library.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { ourText, referenceText } from './engine-values.fixture.ts'
import type { ElmJson } from './random-elm.fixture.ts'

/** What an engine made of an expression, as a text that is the same for the same value. */
export interface Comparison {
  readonly elm: ElmJson
  /** What the expressions in it gave, by ours; null for one that failed. */
  readonly operands: readonly (string | null)[]
  /** Null when it failed. */
  readonly ours: string | null
  readonly theirs: string | null
}

/**
 * Where the two engines differ in an expression although they agree on everything inside it: each part is a definition of its own, so
 * that a difference is that of one operator.
 */
export async function differences(elm: ElmJson): Promise<Comparison[]> {
  const parts = partsOf(elm)
  const library = libraryOf(parts)
  const outcomes = evaluateLibrary(library, { now: Date.UTC(2026, 5, 15, 10, 30), offsetMinutes: 0 })
  const reference = new cql.Library({ library } as never)
  const expressions = reference.expressions as Readonly<Record<string, ReferenceExpression>>
  const context = new cql.PatientContext(reference, null, undefined, {}, cql.DateTime.parse('2026-06-15T10:30:00.000+00:00') ?? undefined)
  const ours = new Map<ElmJson, string | null>()
  const theirs = new Map<ElmJson, string | null>()
  for (const [index, part] of parts.entries()) {
    const outcome = outcomes.get(`T${index}`)!
    ours.set(part, outcome.ok ? ourText(outcome.value) : null)
    theirs.set(part, await theirText(expressions[`T${index}`]!, context))
  }
  const comparisons = parts.map((part) => ({
    elm: part,
    operands: insideOf(part).map((inner) => ours.get(inner) ?? null),
    ours: ours.get(part)!,
    theirs: theirs.get(part)!,
  }))
  return comparisons.filter((one) => one.ours !== one.theirs && insideOf(one.elm).every((inner) => ours.get(inner) === theirs.get(inner)))
}

const isElm = (value: unknown): value is ElmJson =>
  typeof value === 'object' && value !== null && 'type' in value && !String(value.type).endsWith('TypeSpecifier')

const insideOf = (elm: ElmJson): ElmJson[] =>
  Object.values(elm).flatMap((value) => (Array.isArray(value) ? value.filter(isElm) : isElm(value) ? [value] : []))
const partsOf = (elm: ElmJson): ElmJson[] => [...new Set([...insideOf(elm).flatMap(partsOf), elm])]

function libraryOf(parts: readonly ElmJson[]): ElmLibrary {
  return {
    identifier: { id: 'Random', version: '1' },
    schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
    usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
    statements: { def: parts.map((expression, index) => ({ name: `T${index}`, context: 'Patient', accessLevel: 'Public', expression })) },
  }
}

async function theirText(expression: ReferenceExpression, context: unknown): Promise<string | null> {
  try {
    return referenceText(await expression.execute(context))
  } catch {
    // Failing is an answer here, whatever the words.
    return null
  }
}

interface ReferenceExpression {
  execute(context: unknown): Promise<unknown>
}
