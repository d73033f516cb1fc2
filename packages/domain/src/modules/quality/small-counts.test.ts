import fc from 'fast-check'
import { waysToFew } from './small-counts.ts'
import { isFew } from './suppress.ts'

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, one, at) => sum + one * b[at]!, 0)
const figures = (rows: readonly (readonly number[])[], people: readonly number[]) => ({
  rows: rows.map((row) => Float64Array.from(row)),
  people,
  most: people.map(() => 1),
})

test('a chain of four figures tells of few people, no three of them do', () => {
  // The last one is the first kind; that gives the second, that the third, and that the fourth, of whom there are three.
  const rows = [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 0]] // prettier-ignore
  expect(waysToFew(figures(rows, [40, 30, 50, 3]))).toEqual([[0, 1, 2, 3]])
  expect(waysToFew(figures(rows.slice(1), [40, 30, 50, 3]))).toEqual([])
  expect(waysToFew(figures(rows, [40, 30, 50, 13]))).toEqual([])
})

test('who follows to be nobody is known from then on', () => {
  // Both figures are the same forty: the second kind and the third are nobody, and the fourth follows.
  const rows = [[1, 0, 0, 0], [1, 1, 1, 0], [0, 1, 0, 1]] // prettier-ignore
  expect(waysToFew(figures(rows, [40, 0, 0, 7]))).toEqual([[2]])
})

test('a search that were too long answers all that might take part', () => {
  const rows = Array.from({ length: 40 }, (_, at) =>
    Array.from({ length: 80 }, (_, kind) => Number(kind % 40 === at || (kind * 7 + at * 11) % 13 === 0)),
  )
  const ways = waysToFew(figures(rows, Array<number>(80).fill(1)))
  expect(ways.length).toBeGreaterThan(0)
})

/** Whether a count can be worked out from figures, over fractions that are exact enough for so few. */
function spans(rows: readonly (readonly number[])[], count: readonly number[]): boolean {
  const solved: { pivot: number; row: number[] }[] = []
  const reduced = (row: readonly number[]): number[] =>
    solved.reduce((rest, { pivot, row: by }) => rest.map((one, at) => one - rest[pivot]! * by[at]!), [...row])
  for (const row of rows) {
    const rest = reduced(row)
    const pivot = rest.findIndex((one) => Math.abs(one) > 1e-9)
    if (pivot >= 0) solved.push({ pivot, row: rest.map((one) => one / rest[pivot]!) })
  }
  return reduced(count).every((one) => Math.abs(one) < 1e-9)
}

test('few people follow where any count of them can be worked out, and only there', () => {
  const kinds = 6
  const counts = Array.from({ length: 2 ** kinds - 1 }, (_, n) => Array.from({ length: kinds }, (_, at) => ((n + 1) >> at) & 1))
  const row = fc.array(fc.constantFrom<number[]>(0, 1), { minLength: kinds, maxLength: kinds })
  const people = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 11, max: 40 })), { minLength: kinds, maxLength: kinds }) // prettier-ignore
  const seen = [0, 0]
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), people, (rows, of) => {
      const known = [...rows]
      for (let size = 0; size !== known.length;) {
        size = known.length
        const nobody = counts.filter((count) => dot(count, of) === 0 && spans(known, count)).flatMap((count) => [...count.keys()].filter((at) => count[at])) // prettier-ignore
        const alone = [...new Set(nobody)].map((kind) => of.map((_, at) => Number(at === kind)))
        known.push(...alone.filter((one) => !spans(known, one)))
      }
      const follows = counts.some((count) => isFew(dot(count, of)) && spans(known, count))
      expect(waysToFew(figures(rows, of)).length > 0).toBe(follows)
      seen[Number(follows)]!++
    }),
    { numRuns: 400 },
  )
  expect(Math.min(...seen)).toBeGreaterThan(40)
})
