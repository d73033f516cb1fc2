import cql from 'cql-execution'
import { evaluateLibrary } from '../compiler/evaluate-library.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { ourText, referenceText } from './engine-values.fixture.ts'
import { plainOf, type Plain } from './plain/plain-value.fixture.ts'
import type { ElmJson } from './random-elm.fixture.ts'

/** What an engine made of an expression, as a text that is the same for the same value. */
export interface Comparison {
  readonly elm: ElmJson
  /** What the expressions in it gave, by ours; null for one that failed. */
  readonly operands: readonly (string | null)[]
  /** The same as values, for the second opinion; undefined for one that failed or is not known. */
  readonly values: readonly (Plain | undefined)[]
  /** Null when it failed. */
  readonly ours: string | null
  readonly theirs: string | null
}

/** Where the two engines differ although they agree on everything inside. */
export function differencesAmong(answers: readonly Comparison[]): Comparison[] {
  const agreed = new Set(answers.filter(({ ours, theirs }) => ours === theirs).map(({ elm }) => elm))
  return answers.filter(({ elm }) => !agreed.has(elm) && insideOf(elm).every((inner) => agreed.has(inner)))
}

/** What each part of an expression is for both engines: each is a definition of its own, so that a difference is that of one operator. */
export async function answersOf(elm: ElmJson): Promise<Comparison[]> {
  const parts = partsOf(elm)
  const library = libraryOf(parts)
  const outcomes = evaluateLibrary(library, { now: Date.UTC(2026, 5, 15, 10, 30), offsetMinutes: 0 })
  const reference = new cql.Library({ library } as never)
  const expressions = reference.expressions as Readonly<Record<string, ReferenceExpression>>
  const context = new cql.PatientContext(reference, null, undefined, {}, cql.DateTime.parse('2026-06-15T10:30:00.000+00:00') ?? undefined)
  const ours = new Map<ElmJson, string | null>()
  const values = new Map<ElmJson, Plain>()
  const theirs = new Map<ElmJson, string | null>()
  for (const [index, part] of parts.entries()) {
    const outcome = outcomes.get(`T${index}`)!
    ours.set(part, outcome.ok ? ourText(outcome.value) : null)
    if (outcome.ok) values.set(part, plainOf(outcome.value))
    theirs.set(part, isMissing(part) ? 'undefined' : await theirText(expressions[`T${index}`]!, context))
  }
  return parts.map((part) => ({
    elm: part,
    operands: insideOf(part).map((inner) => ours.get(inner) ?? null),
    values: insideOf(part).map((inner) => values.get(inner)),
    ours: ours.get(part)!,
    theirs: theirs.get(part)!,
  }))
}

/** Operators that cql-execution does not have: it has nothing to run there, and so nothing agrees. */
const missing = new Set(['ProperIn', 'ProperContains', 'ToLong'])
const isMissing = (elm: ElmJson): boolean => missing.has(elm.type) || insideOf(elm).some(isMissing)

const isElm = (value: unknown): value is ElmJson =>
  typeof value === 'object' && value !== null && 'type' in value && !String(value.type).endsWith('TypeSpecifier')

/** Operands, the elements of a tuple, and what the items of a case hold; of a query what it goes over: its other parts mean a row. */
const insideOf = (elm: ElmJson): ElmJson[] =>
  elm.type === 'Query'
    ? sourcesOf(elm)
    : Object.values(elm).flatMap((value) => (Array.isArray(value) ? (value as unknown[]).flatMap(partOf) : partOf(value)))
const sourcesOf = ({ source }: ElmJson): ElmJson[] => (source as { expression: ElmJson }[]).map(({ expression }) => expression)
function partOf(value: unknown): ElmJson[] {
  if (isElm(value) || typeof value !== 'object' || value === null) return isElm(value) ? [value] : []
  return 'when' in value || 'name' in value ? Object.values(value).filter(isElm) : []
}
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
    const value = await expression.execute(context)
    // It gives undefined for a node that it does not have, which agrees with nothing.
    return value === undefined ? 'undefined' : referenceText(value)
  } catch {
    // Failing is an answer here, whatever the words.
    return null
  }
}

interface ReferenceExpression {
  execute(context: unknown): Promise<unknown>
}
