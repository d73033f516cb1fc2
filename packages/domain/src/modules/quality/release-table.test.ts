import { nestedFigures, type Standing } from './nested-figures.ts'
import { counts, first, row, tableOf, toldOf } from './release-table.fixture.ts'
import { releaseTable } from './release-table.ts'
import type { PopulationCounts } from './suppress.ts'
import type { ReleasedRow, ReleaseRow } from './told-table.ts'

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

test('a figure that was hidden, and followed from two others, is not told when few people came to it since', () => {
  const [done, undone] = [counts(1, 1), counts(1, 0)]
  const standings: Standing[] = [
    new Map([['adults', undone], ['young', undone]]),
    new Map([['adults', undone], ['old', undone]]),
    new Map([['adults', undone], ['old', done]]),
  ] // prettier-ignore
  const cells = nestedFigures(standings)
  const release = (people: [number, number, number], past: ReleasedRow[][]) => {
    const [young, old, oldDone] = people
    const rows = [row('a', counts(young + old + oldDone, 0), 'adults'), row('a', counts(young, 0), 'young'), row('a', counts(old + oldDone, oldDone), 'old')] // prettier-ignore
    const kinds = standings.map((standing, kind) => ({ standing, people: new Map([['a', people[kind]!]]) }))
    return { rows, releases: releaseTable(rows, past, cells, kinds) }
  }
  const before = release([60, 35, 5], [])
  expect(before.releases).toEqual(['new', 'new', 'hidden'])
  const past = [toldOf(before.rows, before.releases)]
  expect(release([60, 28, 15], past).releases[2]).toBe('hidden')
  expect(release([60, 38, 15], past).releases[2]).toBe('new')
})
