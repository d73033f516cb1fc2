import type { ElmLibrary } from '../front-end/translation.ts'
import { findByIdentifier } from '../elm/linked-library.ts'
import type { FhirRecord } from '../fhir/fhir-record.ts'
import type { EvaluationMoment } from './compiled-library.ts'
import { compileLibrary } from './compile-library.ts'

const nobody: FhirRecord = { chartId: 'nobody', buckets: [], unsorted: null }

export type DefinitionOutcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }

/**
 * Compiles a library that needs no record and evaluates its definitions: what conformance tests and people who try CQL
 * ask for. Throws CompileError; an evaluation that stops is the outcome of its definition.
 */
export function evaluateLibrary(
  library: ElmLibrary,
  moment: EvaluationMoment,
  included: readonly ElmLibrary[] = [],
): ReadonlyMap<string, DefinitionOutcome> {
  const compiled = compileLibrary(library, { find: findByIdentifier(included) })
  const evaluation = compiled.begin(nobody, moment)
  return new Map(
    compiled.definitions.map(({ name }): [string, DefinitionOutcome] => {
      try {
        return [name, { ok: true, value: evaluation.evaluate(name) }]
      } catch (error) {
        return [name, { ok: false, error }]
      }
    }),
  )
}
