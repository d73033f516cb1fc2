import type { DataRequirement } from '@carecommons/cql'
import { dataNeed, neededRecords, recordKinds } from './data-need.ts'

const year = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: -300 }
const code = (of: string) => [{ system: 'http://loinc.org', code: of }]
const inTheYear = {
  paths: ['effective'],
  from: [{ anchor: 'start', months: 0, days: 0 }],
  to: [{ anchor: 'end', months: 0, days: 0 }],
} as const

const observations = (...retrieves: Pick<DataRequirement, 'codes' | 'dates'>[]) =>
  neededRecords(dataNeed(retrieves.map((of) => ({ type: 'Observation', path: 'code', ...of })))[1]!, year)

test('the Patient is always asked for, whole, and once', () => {
  const [patient, ...others] = dataNeed([{ type: 'Patient', path: null, codes: null }])
  expect(others).toEqual([])
  expect(neededRecords(patient!, year)).toEqual([{ codes: null, first: '-infinity', last: 'infinity' }])
})

test('days bound the codes of the retrieve that they belong to, not those of another', () => {
  const [whenever, ofTheYear, ...others] = observations({ codes: code('whenever') }, { codes: code('of-the-year'), dates: [inTheYear] })
  expect(others).toEqual([])
  expect(whenever).toEqual({ codes: code('whenever'), first: '-infinity', last: 'infinity' })
  // Two days more on each side: time zones and hours.
  expect(ofTheYear).toEqual({ codes: code('of-the-year'), first: '2025-12-30', last: '2027-01-02' })
})

test('retrieves over the same days are asked as one, and a code of both once; without codes it is everything of those days', () => {
  expect(observations({ codes: code('a') }, { codes: [...code('a'), ...code('b')] })).toEqual([
    { codes: [...code('a'), ...code('b')], first: '-infinity', last: 'infinity' },
  ])
  expect(observations({ codes: code('a') }, { codes: null })).toEqual([{ codes: null, first: '-infinity', last: 'infinity' }])
})

test('bounds on another element than the one that dates the type bound nothing', () => {
  const issued = [{ ...inTheYear, paths: ['issued'] }]
  expect(observations({ codes: code('a'), dates: issued })).toEqual([{ codes: code('a'), first: '-infinity', last: 'infinity' }])
})

test('what tells whether records are missing is what was done and found, of measures that ask for results', () => {
  const asks = (type: string) => ({ type, path: 'code', codes: code(type) })
  const left = [asks('Encounter'), asks('Procedure')]
  expect(recordKinds([left, [...left, asks('Observation')]]).map(({ measure, type }) => [measure, type])).toEqual([
    [1, 'Procedure'],
    [1, 'Observation'],
  ])
})
