import { createHash } from 'node:crypto'
import { isUuid } from '@carecommons/kernel'
import { luhnDigit } from './identifiers.ts'
import { type DemoOptions, generateRegion } from './region.ts'
import { all, caught, charts, directory, eventDay, OPTIONS, patients, region } from './sample-region.ts'

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
  const codings = [...region.directory, ...charts.flatMap((chart) => chart.texts)].flatMap((line) => [
    ...line.matchAll(/"system":"([^"]*)","code":"([^"]*)"/g),
  ])
  expect(codings.length).toBeGreaterThan(all.length)
  const numeric = /rxnorm|snomed/
  const suspects = codings.filter(
    ([, system, code]) => /ama-assn|cpt/i.test(system!) || (/^\d{4}[\dFTU]$/.test(code!) && !numeric.test(system!)),
  )
  expect(suspects.map((match) => match[0])).toEqual([])
})
