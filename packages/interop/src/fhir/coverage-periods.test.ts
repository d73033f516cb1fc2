import { addDays } from '@carecommons/kernel'
import fc from 'fast-check'
import { coveragePeriods } from './coverage-periods.ts'
import type { PayerEvidence } from './resource.ts'

const seen = (source: PayerEvidence['source'], payerName: string | null, from: string, to: string | null = null): PayerEvidence => ({
  payerName,
  payerReference: null,
  isUninsured: payerName === null,
  from,
  to,
  memberNumber: null,
  source,
})
const claim = (payer: string | null, from: string): PayerEvidence => seen('Claim', payer, from)
const benefit = (payer: string | null, from: string): PayerEvidence => seen('ExplanationOfBenefit', payer, from)
const coverage = (payer: string | null, from: string, to: string | null = null): PayerEvidence => seen('Coverage', payer, from, to)
const periods = (...evidence: PayerEvidence[]): string[] =>
  coveragePeriods(evidence).map(({ payerKey, from, to }) => `${payerKey} ${from} ${to ?? 'open'}`)

test('a payer lasts from its first claim to the day before the next payer', () => {
  expect(periods(claim('Elm', '2020-03-01'), claim(' ELM ', '2020-01-01'), claim(null, '2020-05-01'), claim('Elm', '2020-06-01'))).toEqual([
    'elm 2020-01-01 2020-04-30',
    'uninsured 2020-05-01 2020-05-31',
    'elm 2020-06-01 open',
  ])
  expect(periods()).toEqual([])
})

test('on one day a benefit outweighs a claim, and the order of evidence does not matter', () => {
  expect(periods(claim('Elm', '2020-01-01'), benefit('Fir', '2020-01-01'))).toEqual(['fir 2020-01-01 open'])
  expect(periods(benefit('Fir', '2020-01-01'), claim('Elm', '2020-01-01'))).toEqual(['fir 2020-01-01 open'])
  expect(periods(claim('Elm', '2020-01-01'), claim('Cedar', '2020-01-01'))).toEqual(['cedar 2020-01-01 open'])
})

test('a Coverage covers its days, claims hold around it', () => {
  expect(periods(claim('Elm', '2020-01-01'), claim('Fir', '2020-04-01'), coverage('Oak', '2020-03-01', '2020-05-31'))).toEqual([
    'elm 2020-01-01 2020-02-29',
    'oak 2020-03-01 2020-05-31',
    'fir 2020-06-01 open',
  ])
})

test('of overlapping Coverages the later holds while it lasts', () => {
  expect(periods(coverage('Elm', '2020-01-01'), coverage('Oak', '2020-03-01', '2020-03-31'))).toEqual([
    'elm 2020-01-01 2020-02-29',
    'oak 2020-03-01 2020-03-31',
    'elm 2020-04-01 open',
  ])
  expect(periods(coverage(null, '2020-01-01'), coverage('Oak', '2020-01-01', '2020-12-31'))).toEqual([
    'oak 2020-01-01 2020-12-31',
    'uninsured 2021-01-01 open',
  ])
})

test('the same payer by name and by reference is one, and periods that touch are one', () => {
  const byReference = { ...coverage('Elm', '2020-01-01', '2020-06-30'), payerReference: 'Organization/1' }
  expect(periods(byReference, coverage('elm', '2020-07-01', '2020-12-31'))).toEqual(['Organization/1 2020-01-01 2020-12-31'])
})

test('periods never overlap, are in order, and every day has the payer the rule names', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((offset) => addDays('2020-01-01', offset))
  const evidence = fc.array(
    fc.oneof(
      fc.record({ payer: fc.constantFrom('a', 'b', null), from: day }).map(({ payer, from }) => claim(payer, from)),
      fc.record({ payer: fc.constantFrom('a', 'b', null), from: day }).map(({ payer, from }) => benefit(payer, from)),
      fc
        .record({ payer: fc.constantFrom('a', 'b', 'c'), from: day, days: fc.option(fc.nat(15)) })
        .map(({ payer, from, days }) => coverage(payer, from, days === null ? null : addDays(from, days))),
    ),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(evidence, fc.integer({ min: -1, max: 60 }), (all, offset) => {
      const found = coveragePeriods(all)
      found.forEach((period, i) => {
        expect(period.to === null || period.to >= period.from).toBe(true)
        if (i > 0) expect(found[i - 1]!.to! < period.from).toBe(true)
      })
      expect(coveragePeriods(all.toReversed())).toEqual(found)
      const today = addDays('2020-01-01', offset)
      expect(found.find((period) => period.from <= today && (period.to ?? today) >= today)?.payerKey).toBe(payerOn(today, all))
    }),
    { numRuns: 1_000 },
  )
})

/** The rule said day by day. */
function payerOn(day: string, all: readonly PayerEvidence[]): string | undefined {
  const key = (one: PayerEvidence): string => one.payerName ?? 'uninsured'
  const explicit = all.filter((one) => one.source === 'Coverage' && one.from <= day && (one.to ?? day) >= day)
  const latest = (list: readonly PayerEvidence[]): PayerEvidence[] => {
    const from = list
      .map((one) => one.from)
      .sort()
      .at(-1)
    return list.filter((one) => one.from === from)
  }
  if (explicit.length > 0) return latest(explicit).map(key).sort()[0]
  const last = latest(all.filter((one) => one.source !== 'Coverage' && one.from <= day))
  const benefits = last.filter((one) => one.source === 'ExplanationOfBenefit')
  return (benefits.length > 0 ? benefits : last).map(key).sort()[0]
}
