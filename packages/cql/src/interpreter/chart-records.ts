import type { PatientObject, RetrieveDetails } from 'cql-execution'
import type { Chart } from '../engine.ts'
import { fhirResource, type FhirResource } from './fhir-record.ts'
import { CodeSet } from './code-set.ts'

const fhir = '{http://hl7.org/fhir}'

/** Why a chart cannot be evaluated at all, in words without anything from the chart. */
export class UnreadableChart extends Error {}

/** One chart's resources, parsed once for all measures; answers the engine's retrieves. */
export class ChartRecords implements Pick<PatientObject, 'findRecords'> {
  readonly #byType = new Map<string, FhirResource[]>()
  readonly #found = new Map<CodeSet, Map<string, FhirResource[]>>()

  /** Keeps resources of the given types. Throws UnreadableChart. */
  constructor(chart: Chart, types: ReadonlySet<string>, offsetMinutes: number) {
    for (const [index, text] of [...chart.resources, ...(chart.facts ?? []).map((fact) => fact.text)].entries()) {
      const json = parse(text, index)
      const type = String(json.resourceType)
      if (!types.has(type)) continue
      const record = fhirResource(json, offsetMinutes)
      const records = this.#byType.get(type)
      if (records) records.push(record)
      else this.#byType.set(type, [record])
    }
    const patients = this.#byType.get('Patient')?.length ?? 0
    if (patients !== 1) throw new UnreadableChart(`A chart holds one Patient; this one holds ${patients}.`)
  }

  findRecords(_profile: string | null, details?: RetrieveDetails): FhirResource[] {
    const { datatype = '', codes, codeProperty } = details ?? {}
    const records = this.#byType.get(datatype.startsWith(fhir) ? datatype.slice(fhir.length) : datatype) ?? []
    // The engine filters by code itself; doing it here, once per chart, saves it from asking every record again.
    if (!(codes instanceof CodeSet) || !codeProperty) return records
    const place = `${datatype}.${codeProperty}`
    const known = this.#found.get(codes) ?? new Map<string, FhirResource[]>()
    const matching = known.get(place) ?? records.filter((record) => codes.hasMatch(record.getCode(codeProperty)))
    this.#found.set(codes, known.set(place, matching))
    return matching
  }
}

function parse(text: string, index: number): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    // The parser's own message quotes the text, which is a patient's.
    throw new UnreadableChart(`Resource ${index + 1} of the chart is not JSON.`)
  }
}
