import { createHash } from 'node:crypto'
import { isUuid } from '@carecommons/kernel'
import { luhnDigit } from './identifiers.ts'
import { type DemoOptions, generateRegion } from './region.ts'

const OPTIONS: DemoOptions = { practices: 6, patients: 600, seed: 7, asOf: '2026-11-21' }

/** As much of a resource as the tests look at. */
interface Resource {
  resourceType: string
  id: string
  birthDate?: string
  deceasedDateTime?: string
  identifier?: { system: string; value: string }[]
  name?: { family: string; given: string[] }[]
  managingOrganization?: { reference: string }
  payor?: { reference: string }[]
  code?: Concept
  category?: Concept[]
  type?: Concept[]
  period?: { start: string; end?: string }
  [element: string]: unknown
}
interface Concept {
  coding: { system: string; code: string }[]
}

const region = generateRegion(OPTIONS)
const directory = [...region.directory].map((line) => JSON.parse(line) as Resource)
const charts = [...region.charts].map((chart) => ({ ...chart, texts: chart.lines.map((line) => line.json), resources: chart.lines.map((line) => JSON.parse(line.json) as Resource) }))
const patients = charts.map((chart) => chart.resources[0]!)
const all = charts.flatMap((chart) => chart.resources)

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** The day something happened, as written in the practice's zone. Coverage is not an event. */
function eventDay(resource: Resource): string | null {
  if (resource.resourceType === 'Coverage' || resource.resourceType === 'Patient') return null
  const { effectiveDateTime, authoredOn, occurrenceDateTime, performedDateTime, recordedDate, startDate, created, period } = resource
  const when =
    period?.start ?? effectiveDateTime ?? authoredOn ?? occurrenceDateTime ?? performedDateTime ?? recordedDate ?? startDate ?? created
  return (when as string).slice(0, 10)
}

/** What a pattern's first group catches in every line of a chart. */
const caught = (lines: readonly string[], pattern: RegExp): string[] => lines.flatMap((line) => [...line.matchAll(pattern)].map((match) => match[1]!))

function digest(options: DemoOptions): string {
  const hash = createHash('sha256')
  const small = generateRegion(options)
  for (const line of small.directory) hash.update(line)
  for (const chart of small.charts) for (const line of chart.lines) hash.update(line.json)
  return hash.digest('hex')
}

test('the same options give the same bytes, another seed or day gives others', () => {
  const small = { ...OPTIONS, patients: 40 }
  expect(digest(small)).toBe(digest({ ...small }))
  expect(digest({ ...small, seed: 8 })).not.toBe(digest(small))
  expect(digest({ ...small, asOf: '2026-11-22' })).not.toBe(digest(small))
})

test('both iterables start over when they are walked again', () => {
  expect([...region.directory]).toHaveLength(directory.length)
  expect(region.charts[Symbol.iterator]().next().value?.patientId).toBe(charts[0]!.patientId)
})

test('options that make no region are refused', () => {
  for (const wrong of [{ practices: 0 }, { patients: 5 }, { seed: 0.5 }, { asOf: '2026-02-30' }, { patients: Infinity }]) {
    expect(() => generateRegion({ ...OPTIONS, ...wrong })).toThrow(RangeError)
  }
})

test('charts are as many as asked for, in practices of unequal size with two to five clinicians', () => {
  expect(charts).toHaveLength(OPTIONS.patients)
  expect(region.practices).toHaveLength(OPTIONS.practices)
  expect(region.practices.reduce((sum, practice) => sum + practice.patients, 0)).toBe(OPTIONS.patients)
  expect(new Set(region.practices.map((practice) => practice.slug)).size).toBe(OPTIONS.practices)
  for (const practice of region.practices) {
    expect(practice.clinicians.length).toBeGreaterThanOrEqual(2)
    expect(practice.clinicians.length).toBeLessThanOrEqual(5)
  }
})

test('care managers are shared: each serves several practices, every practice has one', () => {
  const served = region.careManagers.flatMap((manager) => manager.assignments.map((assignment) => assignment.practiceId))
  expect(served.toSorted()).toEqual(region.practices.map((practice) => practice.id).toSorted())
  for (const manager of region.careManagers) expect(manager.assignments.length).toBeGreaterThanOrEqual(2)
})

test('ids are unique uuids and every reference resolves within the chart or the directory', () => {
  const known = new Set(directory.map((one) => `${one.resourceType}/${one.id}`))
  const ids = [...directory, ...all].map((one) => one.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every(isUuid)).toBe(true)
  const reference = /"reference":"([^"]*)"/g
  expect(caught([...region.directory], reference).filter((one) => !known.has(one))).toEqual([])
  for (const { resources, texts } of charts) {
    const own = new Set(resources.map((one) => `${one.resourceType}/${one.id}`))
    expect(caught(texts, reference).filter((one) => !own.has(one) && !known.has(one))).toEqual([])
  }
})

test('charts are long enough to be worth looking at', () => {
  const since = '2024-11-21'
  expect(median(charts.map((chart) => chart.lines.length))).toBeGreaterThanOrEqual(60)
  expect(median(charts.map((chart) => chart.resources.filter((one) => (eventDay(one) ?? '') >= since).length))).toBeGreaterThanOrEqual(20)
})

test('nothing happens on the day or later, before birth, or after death', () => {
  for (const { resources, texts } of charts) {
    const { birthDate, deceasedDateTime } = resources[0]!
    const last = deceasedDateTime?.slice(0, 10) ?? '2026-11-20'
    const events = resources.map(eventDay).filter((day) => day !== null)
    expect(events.filter((day) => day < birthDate! || day > last)).toEqual([])
    const written = caught(texts, /"(?:\w+DateTime|start|end|\w+Date|created|authoredOn)":"(\d{4}-\d\d-\d\d)/g)
    expect(written.filter((day) => day > last)).toEqual([])
  }
})

test('times carry the offset that New York had', () => {
  const zone = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'longOffset' })
  const written = charts.flatMap((chart) => caught(chart.texts, /"(\d{4}-\d\d-\d\dT[^"]*)"/g))
  const oneADay = [...new Map(written.map((time) => [time.slice(0, 10), time])).values()]
  expect(oneADay.length).toBeGreaterThan(2000)
  expect(oneADay.filter((time) => !zone.format(new Date(time)).endsWith(time.slice(19)))).toEqual([])
  expect(written.filter((time) => !/T(0[6-9]|1\d|2[0-3]):[0-5]\d:00-0[45]:00$/.test(time))).toEqual([])
})

test('activity reaches through the current year up to the day', () => {
  const months = new Set(all.filter((one) => one.resourceType === 'Encounter').map((one) => eventDay(one)!.slice(0, 7)))
  for (let month = 1; month <= 11; month++) expect(months).toContain(`2026-${String(month).padStart(2, '0')}`)
})

test('common illnesses are as common as in a primary-care panel, and go together', () => {
  const adults = charts.filter((chart) => chart.resources[0]!.birthDate! <= '2008-11-21')
  const has = (chart: (typeof charts)[number], prefix: string) =>
    chart.resources.some(
      (one) =>
        one.resourceType === 'Condition' &&
        one.code!.coding[0]!.code.startsWith(prefix) &&
        one.category![0]!.coding[0]!.code === 'problem-list-item',
    )
  const share = (group: typeof charts, prefix: string) => group.filter((chart) => has(chart, prefix)).length / group.length
  const ranges: [string, number, number][] = [
    ['I10', 0.27, 0.44],
    ['E11', 0.08, 0.19],
    ['E66', 0.22, 0.38],
    ['F3', 0.08, 0.2],
    ['J45', 0.04, 0.13],
    ['F17', 0.07, 0.18],
    ['N18', 0.04, 0.14],
  ]
  for (const [prefix, low, high] of ranges) {
    expect([prefix, share(adults, prefix) > low, share(adults, prefix) < high]).toEqual([prefix, true, true])
  }
  const diabetic = adults.filter((chart) => has(chart, 'E11'))
  for (const prefix of ['I10', 'E66', 'N18']) expect(share(diabetic, prefix)).toBeGreaterThan(share(adults, prefix) * 1.2)
})

test('everybody has coverage; some pay for themselves; the largest payer covers about two in five', () => {
  const current = charts.map((chart) => chart.resources.findLast((one) => one.resourceType === 'Coverage')!.payor![0]!.reference)
  const uninsured = current.filter((reference) => reference.startsWith('Patient/')).length
  expect(uninsured / charts.length).toBeGreaterThan(0.02)
  const counts = Object.values(
    Object.groupBy(
      current.filter((reference) => reference.startsWith('Organization/')),
      (reference) => reference,
    ),
  ).map((group) => group!.length)
  expect(counts.length).toBe(region.payers.length)
  expect(Math.max(...counts) / charts.length).toBeGreaterThan(0.34)
  expect(Math.max(...counts) / charts.length).toBeLessThan(0.48)
})

test('coverage has neither gap nor overlap', () => {
  for (const { resources } of charts) {
    const spans = resources.filter((one) => one.resourceType === 'Coverage').map((one) => one.period!)
    for (const [i, span] of spans.entries()) {
      const next = spans[i + 1]
      if (next) expect(Date.parse(next.start) - Date.parse(span.end!)).toBe(86_400_000)
    }
  }
})

test('some humans are known to two practices: two charts, one human', () => {
  const numberOf = (patient: Resource, system: RegExp) => patient.identifier!.find((one) => system.test(one.system))!.value
  const humans = Object.values(Object.groupBy(patients, (patient) => numberOf(patient, /us-ssn/))).map((group) => group!)
  const twice = humans.filter((group) => group.length === 2)
  expect(humans.every((group) => group.length <= 2)).toBe(true)
  expect(twice.length / humans.length).toBeGreaterThan(0.02)
  expect(twice.length / humans.length).toBeLessThan(0.06)
  for (const [one, other] of twice) {
    expect(other!.name).toEqual(one!.name)
    expect(other!.birthDate).toBe(one!.birthDate)
    expect(other!.managingOrganization).not.toEqual(one!.managingOrganization)
  }
  const recordNumbers = patients.map((patient) => numberOf(patient, /record-number/))
  expect(new Set(recordNumbers).size).toBeLessThan(recordNumbers.length)
})

test('names carry no digits; numbers were never issued to anybody', () => {
  for (const patient of patients) {
    expect(JSON.stringify(patient.name)).not.toMatch(/\d/)
    expect(patient.identifier![1]!.value).toMatch(/^9\d\d-[1-4]\d-(?!0000)\d{4}$/)
  }
  for (const one of [...region.clinicians, ...region.careManagers, ...region.practices]) {
    expect(one.npi).toMatch(/^2999\d{6}$/)
    expect(one.npi.at(-1)).toBe(String(luhnDigit(`80840${one.npi.slice(0, -1)}`)))
  }
})

test('no CPT: five digits, or four and a letter F, T or U, in no system but those where they mean something else', () => {
  const codings = [...region.directory, ...charts.flatMap((chart) => chart.texts)].flatMap((line) => [...line.matchAll(/"system":"([^"]*)","code":"([^"]*)"/g)])
  expect(codings.length).toBeGreaterThan(all.length)
  const numeric = /rxnorm|snomed/
  const suspects = codings.filter(([, system, code]) => /ama-assn|cpt/i.test(system!) || (/^\d{4}[\dFTU]$/.test(code!) && !numeric.test(system!)))
  expect(suspects.map((match) => match[0])).toEqual([])
})

test('care management goes to people with two or more chronic conditions, whoever pays', () => {
  const plans = charts.filter((chart) => chart.resources.some((one) => one.resourceType === 'CarePlan'))
  expect(plans.length).toBeGreaterThan(20)
  for (const { resources } of plans) {
    const plan = resources.find((one) => one.resourceType === 'CarePlan')!
    expect((plan.addresses as unknown[]).length).toBeGreaterThanOrEqual(2)
    expect(resources.some((one) => one.resourceType === 'Encounter' && one.type![0]!.coding[0]!.code === 'T1016')).toBe(true)
  }
  const payers = new Set(
    plans.map((chart) => chart.resources.findLast((one) => one.resourceType === 'Coverage')!.payor![0]!.reference.split('/')[1]),
  )
  expect(payers.size).toBeGreaterThanOrEqual(3)
})
