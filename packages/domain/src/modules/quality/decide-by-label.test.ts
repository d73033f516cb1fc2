import { decide } from './decide-by-label.ts'

const row = (numerator: number, evidence = '') => ({
  ...{ chart: 0, measure: 0, group: 0, evidence, strata: null },
  counts: [1, 1, 0, 0, numerator] as const,
})
const told = (readings: Parameters<typeof decide>[0]) => {
  const { standing, standIns } = decide(readings)
  return {
    standing: standing && [standing.label, standing.counts[4]],
    standIns: standIns.map(({ label, counts, givesWayTo }) => [label, counts[4], givesWayTo]),
  }
}

test('where labelled records change nothing, nothing is labelled', () => {
  const readings = [
    { label: null, row: row(1, 'Observation/a') },
    { label: 'part2', row: row(1, 'Observation/a') },
  ] as const
  expect(told(readings)).toEqual({ standing: [null, 1], standIns: [] })
})

test('what labelled records lead to has their label, and what the others lead to stands in for it', () => {
  expect(
    told([
      { label: null, row: row(0) },
      { label: 'part2', row: row(1) },
    ]),
  ).toEqual({
    standing: ['part2', 1],
    standIns: [[null, 0, ['part2']]],
  })
  // The same figure out of other records.
  expect(
    told([
      { label: null, row: row(1, 'Observation/a') },
      { label: 'behavioral', row: row(1, 'Observation/b') },
    ]),
  ).toEqual({
    standing: ['behavioral', 1],
    standIns: [[null, 1, ['behavioral']]],
  })
})

test('who is in a measure, or out of it, by labelled records alone', () => {
  expect(
    told([
      { label: null, row: undefined },
      { label: 'part2', row: row(0) },
    ]),
  ).toEqual({ standing: ['part2', 0], standIns: [] })
  expect(
    told([
      { label: null, row: row(0) },
      { label: 'part2', row: undefined },
    ]),
  ).toEqual({
    standing: null,
    standIns: [[null, 0, ['part2']]],
  })
})

test('of two labels each is told to whom it is open', () => {
  const three = (none: number, behavioral: number, all: number) =>
    told([{ label: null, row: row(none) }, { label: 'behavioral', row: row(behavioral) }, { label: 'part2', row: row(all) }]) // prettier-ignore
  expect(three(0, 0, 1)).toEqual({ standing: ['part2', 1], standIns: [[null, 0, ['part2']]] })
  expect(three(0, 1, 1)).toEqual({ standing: ['behavioral', 1], standIns: [[null, 0, ['behavioral']]] })
  expect(three(0, 1, 0)).toEqual({
    standing: ['part2', 0],
    standIns: [
      [null, 0, ['behavioral', 'part2']],
      ['behavioral', 1, ['part2']],
    ],
  })
})
