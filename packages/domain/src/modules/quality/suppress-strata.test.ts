import fc from 'fast-check'
import { isFew, type PopulationCounts } from './suppress.ts'
import { type StratumCell, suppressStrata } from './suppress-strata.ts'

const STRATA = ['0-17', '18-64', '65+']
const counts = (denominator: number, numerator: number): PopulationCounts => ({
  initialPopulation: denominator,
  denominator,
  denominatorExclusion: 0,
  denominatorException: 0,
  numerator,
})

/** Practices by stratum as [counted, numerator], and the region that they sum to. */
function table(practices: readonly (readonly (readonly [number, number])[])[]): StratumCell[] {
  const of = (practiceId: string | null, row: readonly (readonly [number, number])[]): StratumCell[] =>
    row.map(([counted, numerator], at) => ({ practiceId, stratum: STRATA[at]!, counts: counts(counted, numerator) }))
  const region = STRATA.map(
    (_, at) => [0, 1].map((figure) => practices.reduce((sum, row) => sum + row[at]![figure]!, 0)) as [number, number],
  )
  return [...of(null, region), ...practices.flatMap((row, at) => of(`p${at}`, row))]
}

const toldOf = (practices: readonly (readonly (readonly [number, number])[])[]): string[] => {
  const tellings = suppressStrata(table(practices))
  const width = STRATA.length
  return Array.from({ length: tellings.length / width }, (_, at) =>
    tellings
      .slice(at * width, (at + 1) * width)
      .map((one) => ({ counts: 'all', rate: 'rate', nothing: '-' })[one])
      .join(' '),
  )
}

test('many people in every stratum are told of', () => {
  expect(toldOf([[[40, 20], [60, 30], [80, 40]], [[50, 20], [50, 20], [50, 20]]])).toEqual(['all all all', 'all all all', 'all all all']) // prettier-ignore
})

test('one small stratum takes others with it', () => {
  // Alone it would follow from the whole; with another one of its practice from what the region has of each.
  expect(toldOf([[[40, 20], [60, 30], [5, 2]], [[50, 20], [70, 30], [90, 40]]])).toEqual(['- all all', '- - -', '- all -']) // prettier-ignore
})

test('a practice of few people is told of with no other alone', () => {
  const told = toldOf([[[2, 1], [2, 1], [2, 1]], [[50, 20], [70, 30], [90, 40]], [[500, 200], [700, 300], [900, 400]]]) // prettier-ignore
  expect(told).toEqual(['all all all', '- - -', '- - -', 'all all all'])
})

test('a region of few people is told of not at all', () => {
  expect(toldOf([[[2, 1], [3, 1], [3, 1]]])).toEqual(['- - -', '- - -']) // prettier-ignore
})

test('where exclusions are few the rate is told, and other counts are not', () => {
  const cells = table([[[40, 20], [60, 30], [80, 40]], [[50, 20], [50, 20], [50, 20]]]) // prettier-ignore
  const excluding = cells.map((cell) =>
    cell.stratum === '65+' && cell.practiceId !== 'p1'
      ? { ...cell, counts: { ...cell.counts, denominator: cell.counts.denominator + 4, initialPopulation: cell.counts.denominator + 4, denominatorExclusion: 4 } }
      : cell,
  ) // prettier-ignore
  const tellings = suppressStrata(excluding)
  expect(new Set(tellings)).toEqual(new Set(['rate']))
})

test('that few people known to two practices are in a stratum does not follow', () => {
  const cells = table([[[40, 20], [60, 30], [80, 40]], [[50, 20], [50, 20], [50, 20]]]) // prettier-ignore
  const [young, adult, old, ...practices] = cells
  const once = (cell: StratumCell, fewer: number): StratumCell => ({
    ...cell,
    counts: counts(cell.counts.denominator - fewer, cell.counts.numerator),
  })
  const tellings = suppressStrata([once(young!, 3), once(adult!, 20), old!, ...practices])
  const isWhole = (at: number): boolean => [at, 3 + at, 6 + at].every((place) => tellings[place] !== 'nothing')
  expect(isWhole(0)).toBe(false)
})

/** Whether a sum of unknowns can be worked out from known sums, over fractions that are exact enough for so few. */
function spanOf(rows: readonly (readonly number[])[]): (sum: readonly number[]) => boolean {
  const solved: { pivot: number; row: number[] }[] = []
  const reduced = (row: readonly number[]): number[] =>
    solved.reduce((rest, { pivot, row: by }) => rest.map((one, at) => one - rest[pivot]! * by[at]!), [...row])
  for (const row of rows) {
    const rest = reduced(row)
    const pivot = rest.findIndex((one) => Math.abs(one) > 1e-9)
    if (pivot >= 0) solved.push({ pivot, row: rest.map((one) => one / rest[pivot]!) })
  }
  return (sum) => reduced(sum).every((one) => Math.abs(one) < 1e-9)
}

test('nobody who adds and takes away what is told works out few people', () => {
  const size = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 11, max: 60 }))
  const cell = fc.tuple(size, fc.integer({ min: 0, max: 100 })).map(([of, share]) => [of, Math.round((of * share) / 100)] as const)
  const practice = fc.tuple(cell, cell, cell)
  let told = 0
  fc.assert(
    fc.property(fc.array(practice, { minLength: 1, maxLength: 3 }), (practices) => {
      const cells = table(practices)
      const tellings = suppressStrata(cells)
      const unknown = [...cells.keys()].filter((at) => tellings[at] === 'nothing')
      told += cells.length - unknown.length
      // What is known of any table, and of this one.
      const places = [...new Set(cells.map(({ practiceId }) => practiceId))]
      const wholes = places.map((place) => cells.map(({ practiceId }) => Number(practiceId === place)))
      const sums = STRATA.map((one) => cells.map(({ stratum, practiceId }) => (stratum !== one ? 0 : practiceId === null ? -1 : 1)))
      const isPublic = spanOf([...wholes, ...sums])
      const follows = spanOf([...wholes, ...sums].map((row) => unknown.map((at) => row[at]!)))
      for (let which = 1; which < 2 ** unknown.length; which++) {
        const sum = unknown.map((_, at) => (which >> at) & 1)
        for (const figure of [(one: PopulationCounts) => one.denominator, (one: PopulationCounts) => one.numerator, (one: PopulationCounts) => one.denominator - one.numerator]) {
          const people = unknown.reduce((total, at, index) => total + sum[index]! * figure(cells[at]!.counts), 0)
          if (isFew(people) && follows(sum) && !isPublic(cells.map((_, at) => sum[unknown.indexOf(at)] ?? 0))) throw new Error(`${people} people follow: ${JSON.stringify({ cells, tellings, sum })}`)
        }
      }
    }),
    { numRuns: 150, seed: 20261122 },
  ) // prettier-ignore
  expect(told).toBeGreaterThan(150)
})
