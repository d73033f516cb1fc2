import type { DataRequirement } from '../engine.ts'
import type { FhirRecord } from '../fhir/fhir-record.ts'

/**
 * A library turned into JavaScript, once: what scoring works with. A library is the root of everything it includes.
 *
 * Charts are evaluated one after the other: `begin` forgets what the chart before gave, so an Evaluation is good
 * until the next `begin` of the same library.
 */
export interface CompiledLibrary {
  /** ELM identifier of the root library. */
  readonly name: string
  readonly version: string | null
  /** The root library's own definitions in their order there; functions are not among them. */
  readonly definitions: readonly CompiledDefinition[]
  /** What the retrieves reached from compiled definitions may touch. */
  readonly requirements: readonly DataRequirement[]
  begin(record: FhirRecord, moment: EvaluationMoment): Evaluation
}

export interface CompiledDefinition {
  readonly name: string
  /** Static type in CQL's words: `List<FHIR.Encounter>`, `System.Boolean`. */
  readonly type: string
  /** `Patient`, `Unfiltered`. */
  readonly context: string
}

/** When and where an evaluation takes place. */
export interface EvaluationMoment {
  /** What Now() answers, as milliseconds of the Unix epoch. */
  readonly now: number
  /** Offset of the region from UTC in minutes: of times without one, and of what record times are moved into. */
  readonly offsetMinutes: number
  /** Record times with a zone keep it. */
  readonly times?: 'as-written' | undefined
  /** Values of runtime/values.ts by parameter name; what is absent takes the library's default, else null. */
  readonly parameters?: Readonly<Record<string, unknown>>
}

export interface Evaluation {
  /** The value of one of the root library's definitions: evaluated once a chart. Throws EvaluationError of runtime/. */
  evaluate(definition: string): unknown
  /** What an evaluated definition gave, of an included library by its qualified name; undefined when nothing asked for it. Costs no evaluation. */
  peek(definition: string): unknown
  /** Resources that made an `exists` in an evaluated definition true, those of definitions that it refers to left to them. */
  found(definition: string): readonly unknown[]
}
