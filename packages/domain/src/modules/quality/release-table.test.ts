import fc from 'fast-check'
import { nestedFigures, type Standing } from './nested-figures.ts'
import { type Release, type ReleasedRow, type ReleaseRow, releaseTable } from './release-table.ts'
import { isFew, type PopulationCounts } from './suppress.ts'

const counts = (denominator: number, numerator: number): PopulationCounts => ({
  initialPopulation: denominator,
  denominator,
  denominatorExclusion: 0,
  denominatorException: 0,
  numerator,
})
const row = (practiceId: string | null, of: PopulationCounts, measure = 'm'): ReleaseRow => ({ practiceId, measure, counts: of })
const name = (index: number): string => 'abcdefghijklmnop'[index]!
/** Of a region and its practices in order. */
const tableOf = (region: PopulationCounts, practices: readonly PopulationCounts[]): ReleaseRow[] => [
  row(null, region),
  ...practices.map((of, index) => row(name(index), of)),
]
const first = (rows: readonly ReleaseRow[]): Release[] => releaseTable(rows, [], [])
/** What is remembered of a release. */
const toldOf = (rows: readonly ReleaseRow[], releases: readonly Release[]): ReleasedRow[] =>
  rows.map((one, index) => (releases[index] === 'new' ? one : { ...one, counts: null }))

test('one hidden practice takes a second with it, the smallest', () => {
  expect(first(tableOf(counts(265, 132), [counts(200, 100), counts(60, 30), counts(5, 2)]))).toEqual(['new', 'new', 'hidden', 'hidden'])
})

test('a lone practice is its region', () => {
  expect(first(tableOf(counts(100, 50), [counts(100, 50)]))).toEqual(['new', 'new'])
})

test('what the rows exceed their region by is people, too: few of them hide rows', () => {
  // Twelve members stand in two rows each, ten of them in the numerator.
  expect(first(tableOf(counts(338, 170), [counts(150, 80), counts(120, 60), counts(80, 40)]))).toEqual(['new', 'new', 'hidden', 'hidden'])
})

test('as many hidden rows as people tell that each has one: then the region is hidden with them', () => {
  const rows = tableOf(counts(12, 0), Array<PopulationCounts>(12).fill(counts(1, 0)))
  expect(first(rows)).toEqual(rows.map(() => 'hidden'))
})

test('hardening 22: a measure of adults and one of adults from 65 on that differ by one person are not shown together', () => {
  const [done, undone] = [counts(1, 1), counts(1, 0)]
  const standings: Standing[] = [done, undone].flatMap((one) => [
    new Map([['adults', one]]),
    new Map(['adults', 'old'].map((measure) => [measure, one])),
  ])
  const cells = nestedFigures(standings)
  const rows = [row(null, counts(81, 40), 'adults'), row(null, counts(80, 30), 'old')]
  expect(releaseTable(rows, [], cells)).toEqual(['new', 'hidden'])
  expect(releaseTable([rows[0]!, row(null, counts(55, 27), 'old')], [], cells)).toEqual(['new', 'new'])
})

test('hardening 22: a row that one person more stands in keeps the figures that it had, however often it is looked at', () => {
  const before = tableOf(counts(265, 132), [counts(200, 100), counts(65, 32)])
  const past = [toldOf(before, first(before))]
  const one = tableOf(counts(266, 133), [counts(200, 100), counts(66, 33)])
  expect(releaseTable(one, past, [])).toEqual(['kept', 'new', 'kept'])
  past.push(toldOf(one, releaseTable(one, past, [])))
  const eleven = tableOf(counts(276, 143), [counts(200, 100), counts(76, 43)])
  expect(releaseTable(eleven, past, [])).toEqual(['new', 'new', 'new'])
  past.push(toldOf(eleven, ['new', 'new', 'new']))
  // Not beside the last figures, but beside those before them.
  const back = tableOf(counts(264, 131), [counts(200, 100), counts(64, 31)])
  expect(releaseTable(back, past, [])).toEqual(['kept', 'new', 'kept'])
})

test('one practice and the region that change by as many, but one, tell of the others', () => {
  const before = tableOf(counts(300, 150), [counts(100, 50), counts(100, 50), counts(100, 50)])
  const after = tableOf(counts(331, 165), [counts(130, 65), counts(101, 50), counts(100, 50)])
  const told = releaseTable(after, [toldOf(before, first(before))], [])
  expect(told).toEqual(['new', 'kept', 'kept', 'new'])
})

test('what all practices tell together is of the region, though its own row is kept', () => {
  const before = tableOf(counts(110, 55), [counts(60, 30), counts(50, 25)])
  // Eighteen came to the one, thirteen left the other.
  const after = tableOf(counts(115, 55), [counts(78, 39), counts(37, 16)])
  const told = releaseTable(after, [toldOf(before, first(before))], [])
  expect(told[0]).toBe('kept')
  expect(told.slice(1)).toContain('kept')
})

test('measures within one another are taken from one another though places tell them by halves', () => {
  const [done, undone] = [counts(1, 1), counts(1, 0)]
  const standings: Standing[] = [done, undone].flatMap((one) => [
    new Map([['adults', one]]),
    new Map(['adults', 'old'].map((measure) => [measure, one])),
  ])
  const half = (people: number): PopulationCounts => counts(people, 0)
  const rows = (adults: readonly number[], old: readonly number[]): ReleaseRow[] =>
    [adults, old].flatMap(([a, b], index) =>
      [null, 'a', 'b'].map((practiceId, place) => row(practiceId, half([a! + b!, a!, b!][place]!), ['adults', 'old'][index]!)),
    )
  // In one practice seventeen old people more, in the other five adults fewer that are not old.
  const [before, after] = [rows([165, 90], [108, 41]), rows([182, 85], [125, 41])]
  const cells = nestedFigures(standings)
  const past = [toldOf(before, releaseTable(before, [], cells))]
  expect(past[0]!.every((one) => one.counts !== null)).toBe(true)
  const told = after.flatMap((one, index) =>
    releaseTable(after, past, cells)[index] === 'new' ? [`${one.practiceId} ${one.measure}`] : [],
  )
  const knows = (measure: string): boolean =>
    told.includes(`null ${measure}`) || ['a', 'b'].every((place) => told.includes(`${place} ${measure}`))
  expect(knows('adults') && knows('old')).toBe(false)
})

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
const measured = (people: readonly number[], of: readonly number[]): PopulationCounts =>
  counts(dot(people, of), dot(people, of.map((one, kind) => one * DONE[kind]!))) // prettier-ignore
const someone = (count: fc.Arbitrary<number>) =>
  fc.array(fc.array(count, { minLength: KINDS, maxLength: KINDS }), { minLength: 1, maxLength: 3 })
const sizes = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 60 }) }, fc.integer({ min: 0, max: 14 }))

test('no group of people follows from a release of measures that lie within one another, whatever is added and taken away', () => {
  const standings = Array.from(
    { length: KINDS },
    (_, kind): Standing =>
      new Map(Object.entries(MEASURES).flatMap(([measure, of]) => (of[kind] ? [[measure, counts(1, DONE[kind]!)] as const] : []))),
  )
  const cells = nestedFigures(standings)
  let shown = 0
  fc.assert(
    fc.property(someone(sizes), (practices) => {
      const region = practices[0]!.map((_, kind) => practices.reduce((sum, people) => sum + people[kind]!, 0))
      const places: [string | null, readonly number[], readonly number[]][] = [
        [null, region, practices.map(() => 1)],
        ...practices.map(
          (people, index) => [name(index), people, practices.map((_, other) => Number(other === index))] as [string, number[], number[]],
        ),
      ]
      const rows = places.flatMap(([practiceId, people]) =>
        Object.entries(MEASURES).map(([measure, of]) => row(practiceId, measured(people, of), measure)),
      )
      const releases = releaseTable(rows, [], cells)
      const known = new Known()
      rows.forEach(({ practiceId, measure }, index) => {
        if (releases[index] !== 'new') return
        shown++
        const where = places.find(([id]) => id === practiceId)![2]
        const of = MEASURES[measure as keyof typeof MEASURES]
        known.add(product(where, of))
        known.add(product(where, of.map((one, kind) => one * DONE[kind]!))) // prettier-ignore
      })
      for (const where of subsets(practices.length)) {
        for (const who of subsets(KINDS)) {
          const group = product(where, who)
          if (isFew(dot(group, practices.flat())) && known.has(group)) throw new Error(`${String(where)} ${String(who)} can be worked out`)
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(shown).toBeGreaterThan(100)
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

test('a row that says what it said is held where another one that does the same would tell of a third', () => {
  const told = (rows: readonly (readonly [string | null, number, boolean])[]): ReleasedRow[] =>
    rows.map(([practiceId, people, isTold]) => ({ ...row(practiceId, counts(people, 0)), counts: isTold ? counts(people, 0) : null }))
  const past = [
    told([[null, 91, true], ['a', 5, false], ['c', 86, false]]),
    told([[null, 93, false], ['a', 5, false], ['b', 2, false], ['c', 86, true]]),
  ] // prettier-ignore
  const rows = [row(null, counts(91, 0)), row('a', counts(5, 0)), row('b', counts(0, 0)), row('c', counts(86, 0))]
  const releases = releaseTable(rows, past, [])
  expect(releases[0] === 'new' && releases[3] === 'new').toBe(false)
})

test('what two measures of the same people tell by halves is put together', () => {
  const [done, undone] = [counts(1, 1), counts(1, 0)]
  const cells = nestedFigures([
    new Map([['A', done], ['B', undone]]),
    new Map([['A', undone], ['B', done]]),
    new Map([['A', done], ['B', done]]),
    new Map([['A', undone], ['B', undone]]),
  ]) // prettier-ignore
  const people: [string | null, [number, number], [number, number]][] = [
    [null, [587, 434], [587, 297]],
    ['a', [200, 100], [200, 100]],
    ['b', [80, 40], [80, 40]],
    ['c', [300, 292], [300, 154]],
    ['d', [7, 2], [7, 3]],
  ]
  const rows = people.flatMap(([id, a, b]) => [row(id, counts(...a), 'A'), row(id, counts(...b), 'B')])
  const releases = releaseTable(rows, [], cells)
  const isTold = (id: string | null): boolean => rows.some((one, index) => one.practiceId === id && releases[index] === 'new')
  expect([null, 'a', 'b', 'c'].every(isTold)).toBe(false)
})
