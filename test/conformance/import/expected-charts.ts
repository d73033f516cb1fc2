import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { conditionGroups, valueSetCodes } from '@carecommons/cql'

/** What a registry has to show of a chart, computed from the files alone, in the plainest way. */
export interface ExpectedChart {
  a1c: Newest | null
  pressure: Newest | null
  lastVisitOn: string | null
  conditions: Set<string>
  /** `from to payer`, in order. */
  coverage: string[]
}

interface Newest {
  readonly at: number
  readonly fhirId: string
  readonly day: string
  readonly values: readonly number[]
}

const A1C = ['4548-4', '4549-2', '17855-8', '17856-6', '96595-4']
const VISITS = ['AMB', 'VR', 'HH']
const FINAL = ['final', 'amended', 'corrected']

/** Charts of a folder in the layout of the sample populations, by patient id. */
export async function expectedCharts(folder: string): Promise<Map<string, ExpectedChart>> {
  const charts = new Map<string, ExpectedChart>()
  const chartOf = (reference: { reference: string }): ExpectedChart => charts.get(reference.reference.replace('Patient/', ''))!
  for await (const { id } of read(folder, 'Patient')) {
    charts.set(id, { a1c: null, pressure: null, lastVisitOn: null, conditions: new Set(), coverage: [] })
  }
  for await (const one of read(folder, 'Observation')) addObservation(chartOf(one.subject), one)
  for await (const one of read(folder, 'Encounter')) {
    const day = one.period.start.slice(0, 10)
    const chart = chartOf(one.subject)
    if (VISITS.includes(one.class.code) && day > (chart.lastVisitOn ?? '')) chart.lastVisitOn = day
  }
  const groups = groupsByCode()
  for await (const one of read(folder, 'Condition')) {
    const isOver = one.abatementDateTime || ['inactive', 'remission', 'resolved'].includes(one.clinicalStatus?.coding[0].code)
    if (!isOver) for (const group of groups.get(keyOf(one.code.coding[0])) ?? []) chartOf(one.subject).conditions.add(group)
  }
  await addCoverage(folder, charts)
  return charts
}

function addObservation(chart: ExpectedChart, one: Json): void {
  if (!FINAL.includes(one.status)) return
  const code = one.code.coding[0].code
  const value = (from: Json | undefined): number | undefined => from?.valueQuantity?.value
  const part = (loinc: string): number | undefined =>
    value(one.component?.find((component: Json) => component.code.coding[0].code === loinc))
  const found = (values: readonly number[]): Newest => ({
    at: Date.parse(one.effectiveDateTime),
    fhirId: one.id,
    day: one.effectiveDateTime.slice(0, 10),
    values,
  })
  if (A1C.includes(code) && value(one) !== undefined) chart.a1c = newer(chart.a1c, found([value(one)!]))
  const [systolic, diastolic] = [part('8480-6'), part('8462-4')]
  if (systolic !== undefined && diastolic !== undefined) chart.pressure = newer(chart.pressure, found([systolic, diastolic]))
}

/** At one moment the smaller id counts: any rule would do, but it has to be one. */
const newer = (a: Newest | null, b: Newest): Newest => (a && (a.at > b.at || (a.at === b.at && a.fhirId < b.fhirId)) ? a : b)

function groupsByCode(): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { key, valueSetUrl } of conditionGroups) {
    for (const coding of valueSetCodes(valueSetUrl)) groups.set(keyOf(coding), [...(groups.get(keyOf(coding)) ?? []), key])
  }
  return groups
}

const keyOf = ({ system, code }: { system: string; code: string }): string => `${system}|${code}`

/** Each day of a bill has one payer; a period lasts from its payer's first day until the day before another payer's. */
async function addCoverage(folder: string, charts: Map<string, ExpectedChart>): Promise<void> {
  const met: string[] = []
  const days = new Map<string, Map<string, { rank: number; payer: string }>>()
  const bill = (patientId: string, day: string, payer: string, source: number): void => {
    const name = payer.toLowerCase().replaceAll('_', ' ') === 'no insurance' ? '' : payer
    if (name && !met.includes(name)) met.push(name)
    const rank = source * 1000 + (name ? met.indexOf(name) : 999)
    const ofPatient = days.get(patientId) ?? new Map()
    days.set(patientId, ofPatient)
    if (rank < (ofPatient.get(day)?.rank ?? Infinity)) ofPatient.set(day, { rank, payer: name })
  }
  const sources = [
    ['Claim', 1, (one: Json) => (one.insurance.find((insurance: Json) => insurance.focal) ?? one.insurance[0]).coverage.display],
    ['ExplanationOfBenefit', 0, (one: Json) => one.insurer.display],
  ] as const
  for (const [type, rank, payerOf] of sources) {
    for await (const one of read(folder, type)) {
      bill(one.patient.reference.replace('Patient/', ''), one.billablePeriod.start.slice(0, 10), payerOf(one), rank)
    }
  }
  for (const [patientId, ofPatient] of days) {
    const runs = [...ofPatient]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .filter(([, { payer }], index, all) => index === 0 || all[index - 1]![1].payer !== payer)
    charts.get(patientId)!.coverage = runs.map(
      ([from, { payer }], index) => `${from} ${runs[index + 1] ? dayBefore(runs[index + 1]![0]) : 'open'} ${payer || 'uninsured'}`,
    )
  }
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

type Json = any

async function* read(folder: string, type: string): AsyncGenerator<Json> {
  const lines = createInterface({ input: createReadStream(join(folder, `${type}.ndjson.gz`)).pipe(createGunzip()) })
  for await (const line of lines) yield JSON.parse(line)
}
