// Releases attacked by linear algebra: what a payer was told are sums over unknown groups of people, and none of few may follow from them.
import fc from 'fast-check'
import { nestedFigures, type Standing } from './nested-figures.ts'
import { counts, name, row, tableOf, toldOf } from './release-table.fixture.ts'
import { releaseTable } from './release-table.ts'
import { isFew, type PopulationCounts } from './suppress.ts'
import type { ReleasedRow } from './told-table.ts'

/** Whether a figure can be worked out from others by adding and taking away: all are sums over the same unknowns. */
class Known {
  readonly #rows: { pivot: number; of: number[] }[] = []
  add(of: readonly number[]): void {
    const rest = this.#reduce(of)
    const pivot = rest.findIndex((one) => Math.abs(one) > 1e-9)
    if (pivot < 0) return
    this.#rows.push({ pivot, of: rest.map((one) => one / rest[pivot]!) })
  }
  has(of: readonly number[]): boolean {
    return this.#reduce(of).every((one) => Math.abs(one) < 1e-9)
  }
  #reduce(of: readonly number[]): number[] {
    let rest = [...of]
    for (const { pivot, of: other } of this.#rows) {
      const by = rest[pivot]!
      if (by !== 0) rest = rest.map((one, at) => one - by * other[at]!)
    }
    return rest
  }
}

const subsets = (size: number): number[][] =>
  Array.from({ length: 2 ** size - 1 }, (_, n) => Array.from({ length: size }, (_, at) => ((n + 1) >> at) & 1))
/** What some people over some practices are in unknowns that stand practice by practice. */
const product = (practices: readonly number[], people: readonly number[]): number[] =>
  practices.flatMap((p) => people.map((one) => p * one))
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, one, at) => sum + one * b[at]!, 0)

/** Kinds of people, each with what was to be done and without: under 65, under 65 with diabetes, to 75 with it, above 75 with it, from 65 on. */
const KINDS = 10
const MEASURES = {
  adults: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  old: [0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
  diabetesTo75: [0, 0, 1, 1, 1, 1, 0, 0, 0, 0],
  diabetes: [0, 0, 1, 1, 1, 1, 1, 1, 0, 0],
}
const DONE = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]
const someone = (count: fc.Arbitrary<number>) =>
  fc.array(fc.array(count, { minLength: KINDS, maxLength: KINDS }), { minLength: 1, maxLength: 3 })
const sizes = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 60 }) }, fc.integer({ min: 0, max: 14 }))

/** Measures over the kinds, each with what was to be done in it. */
interface Measured {
  readonly of: readonly number[]
  readonly done: readonly number[]
}
const standingsOf = (measures: readonly Measured[]): Standing[] =>
  measures[0]!.of.map((_, kind) => new Map(measures.flatMap(({ of, done }, at) => (of[kind] ? [[name(at), counts(1, done[kind]!)]] : []))))

/** What of a release follows that it may not, and how many rows it tells. */
function attack(
  measures: readonly Measured[],
  practices: readonly (readonly number[])[],
): { readonly found: string[]; readonly shown: number } {
  const standings = standingsOf(measures)
  const region = practices[0]!.map((_, kind) => practices.reduce((sum, people) => sum + people[kind]!, 0))
  const places = [
    { practiceId: null, people: region, where: practices.map(() => 1) },
    ...practices.map((people, at) => ({ practiceId: name(at), people, where: practices.map((_, other) => Number(other === at)) })),
  ]
  const rows = places.flatMap(({ practiceId, people, where }) =>
    measures.map(({ of, done }, at) => ({ where, of, done, ...row(practiceId, counts(dot(people, of), dot(people, done)), name(at)) })),
  )
  const kinds = standings.map((standing, kind) => ({
    standing,
    people: new Map(places.map(({ practiceId, people }) => [practiceId, people[kind]!])),
  }))
  const releases = releaseTable(rows, [], nestedFigures(standings), kinds)
  const told = rows.filter((_, index) => releases[index] === 'new')
  const known = new Known()
  for (const { where, of, done } of told) for (const who of [of, done]) known.add(product(where, who))
  const found = subsets(practices.length).flatMap((where) =>
    subsets(region.length).flatMap((who) => {
      const group = product(where, who)
      return isFew(dot(group, practices.flat())) && known.has(group) ? [`${String(where)} ${String(who)}`] : []
    }),
  )
  return { found, shown: told.length }
}

test('no group of people follows from a release of measures that lie within one another, whatever is added and taken away', () => {
  const measures = Object.values(MEASURES).map((of) => ({ of, done: of.map((one, kind) => one * DONE[kind]!) }))
  let shown = 0
  fc.assert(
    fc.property(someone(sizes), (practices) => {
      const release = attack(measures, practices)
      shown += release.shown
      expect(release.found).toEqual([])
    }),
    { numRuns: 60 },
  )
  expect(shown).toBeGreaterThan(100)
})

test('no group of people follows from a release of any measures, by chains of figures or through somebody who follows to be nobody', () => {
  const kinds = 5
  const people = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 11, max: 60 })), { minLength: kinds, maxLength: kinds }) // prettier-ignore
  const who = fc.array(fc.boolean().map(Number), { minLength: kinds, maxLength: kinds })
  const measure = fc.record({ of: who, done: who }).map(({ of, done }) => ({ of, done: of.map((one, kind) => one * done[kind]!) }))
  const told = { releases: 0, rows: 0 }
  fc.assert(
    fc.property(
      fc.array(measure, { minLength: 2, maxLength: 4 }),
      fc.array(people, { minLength: 1, maxLength: 3 }),
      (measures, practices) => {
        const release = attack(measures, practices)
        told.releases += Number(release.shown > 0)
        told.rows += release.shown
        expect(release.found).toEqual([])
      },
    ),
    { numRuns: 1000 },
  )
  expect(told.releases).toBeGreaterThan(300)
  expect(told.rows).toBeGreaterThan(1000)
})

test('no change of few people follows from releases of one period, whatever is added and taken away', () => {
  let kept = 0
  let renewed = 0
  const moves = fc.array(
    fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 30 })), { minLength: 4, maxLength: 4 }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  fc.assert(
    fc.property(fc.array(sizes, { minLength: 4, maxLength: 4 }), moves, (start, steps) => {
      const times = steps.reduce((all, step) => [...all, all.at(-1)!.map((people, at) => people + step[at]!)], [start])
      const past: ReleasedRow[][] = []
      const known = new Known()
      times.forEach((practices, time) => {
        const at = (where: readonly number[]) => times.flatMap((_, other) => where.map((one) => (other === time ? one : 0)))
        const rows = tableOf(counts(dot(practices, [1, 1, 1, 1]), 0), practices.map((people) => counts(people, 0))) // prettier-ignore
        const releases = releaseTable(rows, past, [])
        past.push(toldOf(rows, releases))
        releases.forEach((release, index) => {
          if (release === 'kept') kept++
          if (release !== 'new') return
          if (time > 0) renewed++
          known.add(at(index === 0 ? [1, 1, 1, 1] : [0, 1, 2, 3].map((other) => Number(other === index - 1))))
        })
      })
      for (const where of subsets(4)) {
        times.forEach((practices, time) => {
          const at = (one: number) => times.flatMap((_, other) => where.map((is) => (other === one ? is : 0)))
          if (isFew(dot(where, practices)) && known.has(at(time))) throw new Error(`${String(where)} of release ${time}`)
          for (let before = 0; before < time; before++) {
            const moved = at(time).map((one, index) => one - at(before)[index]!)
            if (isFew(dot(where, practices) - dot(where, times[before]!)) && known.has(moved))
              throw new Error(`${String(where)} from ${before} to ${time}`)
          }
        })
      }
    }),
    { numRuns: 300 },
  )
  expect(kept).toBeGreaterThan(50)
  expect(renewed).toBeGreaterThan(50)
})

test('no change of few people between measures that lie within one another follows from releases of one period', () => {
  const kinds = [1, 1, 1, 1]
  const measures = { adults: kinds, old: [0, 0, 1, 1] }
  const done = [1, 0, 1, 0]
  const place = (people: readonly number[], of: readonly number[]): PopulationCounts =>
    counts(dot(people, of), dot(people, of.map((one, kind) => one * done[kind]!))) // prettier-ignore
  const standings = kinds.map(
    (_, kind): Standing =>
      new Map(Object.entries(measures).flatMap(([measure, of]) => (of[kind] ? [[measure, counts(1, done[kind]!)] as const] : []))),
  )
  const cells = nestedFigures(standings)
  const people = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 })
  const move = fc.oneof(fc.constant(0), fc.integer({ min: -4, max: 4 }), fc.integer({ min: -30, max: 30 }))
  const moves = fc.array(fc.array(fc.array(move, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 2,
  })
  let renewed = 0
  fc.assert(
    fc.property(people, moves, (start, steps) => {
      const times = steps.reduce(
        (all, step) => [...all, all.at(-1)!.map((practice, p) => practice.map((count, kind) => Math.max(0, count + step[p]![kind]!)))],
        [start],
      )
      const past: ReleasedRow[][] = []
      const known = new Known()
      const functional = (time: number, where: readonly number[], who: readonly number[]): number[] =>
        times.flatMap((_, other) => product(where.map((one) => (other === time ? one : 0)), who)) // prettier-ignore
      const places = [[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]] // prettier-ignore
      times.forEach((practices, time) => {
        const rows = places.flatMap((where, index) =>
          Object.entries(measures).map(([measure, of]) => {
            const there = kinds.map((_, kind) => practices.reduce((sum, practice, p) => sum + where[p]! * practice[kind]!, 0))
            return row(index === 0 ? null : name(index), place(there, of), measure)
          }),
        )
        const releases = releaseTable(rows, past, cells)
        past.push(toldOf(rows, releases))
        rows.forEach(({ measure }, index) => {
          if (releases[index] !== 'new') return
          if (time > 0) renewed++
          const [where, of] = [places[Math.floor(index / 2)]!, measures[measure as keyof typeof measures]]
          known.add(functional(time, where, of))
          known.add(functional(time, where, of.map((one, kind) => one * done[kind]!))) // prettier-ignore
        })
      })
      const groups = [measures.adults, measures.old, [1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] // prettier-ignore
      for (const where of places) {
        for (const who of groups) {
          const sizes = times.map((practices) => dot(product(where, who), practices.flat()))
          for (let now = 0; now < times.length; now++) {
            if (isFew(sizes[now]!) && known.has(functional(now, where, who)))
              throw new Error(`${String(where)} ${String(who)} of release ${now}`)
            for (let then = 0; then < now; then++) {
              const moved = functional(now, where, who).map((one, at) => one - functional(then, where, who)[at]!)
              if (isFew(sizes[now]! - sizes[then]!) && known.has(moved))
                throw new Error(`${String(where)} ${String(who)} from ${then} to ${now}`)
            }
          }
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(renewed).toBeGreaterThan(50)
})
