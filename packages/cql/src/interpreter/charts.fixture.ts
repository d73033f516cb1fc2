import type { Chart, GroupMembership, LoadedMeasure, MeasurementPeriod, MembershipResult } from '../index.ts'
import { starterPackages } from '../starter-packages.fixture.ts'
import { openCompiler } from '../compiler/compiler.ts'
import { openInterpreter } from './interpreter.ts'

export const period: MeasurementPeriod = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: -300 }
export const SNOMED = 'http://snomed.info/sct'
export const ICD = 'http://hl7.org/fhir/sid/icd-10-cm'
export const LOINC = 'http://loinc.org'
export const HCPCS = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets'
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'

export type Resource = Record<string, unknown>
export const concept = (system: string, code: string): object => ({ coding: [{ system, code }] })
export const status = (system: string, code: string): object => concept(`http://terminology.hl7.org/CodeSystem/condition-${system}`, code)

let serial = 0
export const id = (): string => `r${++serial}`
export const patient = (birthDate: string, more: Resource = {}): Resource => ({ resourceType: 'Patient', id: 'p', birthDate, ...more })
export const visit = (start = '2026-05-04T10:00:00-04:00', more: Resource = {}): Resource => ({
  resourceType: 'Encounter',
  ...{
    id: id(),
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    period: { start },
  },
  ...more,
})
export const condition = (system: string, code: string, more: Resource = {}): Resource => ({
  resourceType: 'Condition',
  ...{ id: id(), clinicalStatus: status('clinical', 'active'), verificationStatus: status('ver-status', 'confirmed') },
  ...{ code: concept(system, code), onsetDateTime: '2020-01-01' },
  ...more,
})
export const observation = (code: string, effectiveDateTime: string, more: Resource): Resource => ({
  resourceType: 'Observation',
  ...{ id: id(), status: 'final', code: concept(LOINC, code), effectiveDateTime },
  ...more,
})
export const quantity = (value: number, unit: string): Resource => ({
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
})
export const procedure = (system: string, code: string, performedDateTime: string): Resource => ({
  resourceType: 'Procedure',
  ...{ id: id(), status: 'completed', code: concept(system, code), performedDateTime },
})
/** An order of a `code` (or, for a medicine, a `medicationCodeableConcept`) that stands. */
export const order = (
  resourceType: 'ServiceRequest' | 'MedicationRequest',
  authoredOn: string,
  what: object,
  more: Resource = {},
): Resource => ({
  ...{ resourceType, id: id(), status: 'active', intent: 'order', authoredOn },
  ...{ [resourceType === 'ServiceRequest' ? 'code' : 'medicationCodeableConcept']: what },
  ...more,
})
export const classOf = (code: string): Resource => ({ class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code } })

let measures: Promise<Map<string, LoadedMeasure>> | undefined

/** The starter measures, loaded. The first call of all may translate them, which takes seconds. */
export const starterMeasures = (): Promise<Map<string, LoadedMeasure>> => (measures ??= load())

let compiled: Promise<Map<string, LoadedMeasure>> | undefined

/** The same measures, compiled. */
const compiledMeasures = async (): Promise<Map<string, LoadedMeasure>> => {
  const engine = openCompiler()
  return new Map([...(await starterPackages())].map(([name, pkg]) => [name, engine.load(pkg)]))
}

async function load(): Promise<Map<string, LoadedMeasure>> {
  const engine = openInterpreter()
  return new Map([...(await starterPackages())].map(([name, pkg]) => [name, engine.load(pkg)]))
}

/**
 * What the interpreter gives; the compiler must place the chart the same. Its evidence may be shorter: it does not look at the
 * other side of an `and` that is false already.
 */
export async function membership(measure: string, ...resources: Resource[]): Promise<GroupMembership> {
  const chart: Chart = { id: 'chart', resources: resources.map((resource) => JSON.stringify(resource)) }
  const [result] = await (await starterMeasures()).get(measure)!.evaluate([chart], period)
  expect(result).toMatchObject({ chartId: 'chart', problem: null })
  const other = (await (compiled ??= compiledMeasures())).get(measure)!
  const [{ problem, groups }] = (await other.evaluate([chart], period)) as [MembershipResult]
  expect({ problem, populations: groups[0]!.populations }).toEqual({ problem: null, populations: result!.groups[0]!.populations })
  return result!.groups[0]!
}

/** out: not in the denominator; excluded; excepted: unmet for a reason; met: in the numerator; unmet. */
export async function place(measure: string, ...resources: Resource[]): Promise<string> {
  const { populations } = await membership(measure, ...resources)
  if (populations.denominator === 0) return 'out'
  if (populations['denominator-exclusion'] === 1) return 'excluded'
  if (populations['denominator-exception'] === 1) return 'excepted'
  return populations.numerator === 1 ? 'met' : 'unmet'
}
