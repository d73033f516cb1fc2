import { isDeepStrictEqual } from 'node:util'
import { againstAlone, type CostCell, type CostRule, type CostShare, splitCost, tellTogether } from '@carecommons/domain'
import fc from 'fast-check'

const RULES: readonly CostRule[] = [
  'equal',
  'members',
  'minutes',
  'points',
  { percents: { members: 50, minutes: 50 } },
  { percents: { equal: 10, members: 33, minutes: 24, points: 33 } },
]
const cells = fc
  .uniqueArray(
    fc.record({
      practiceId: fc.integer({ min: 1, max: 22 }).map((n) => `practice-${n}`),
      payerId: fc.option(
        fc.integer({ min: 1, max: 6 }).map((n) => `payer-${n}`),
        { nil: null, freq: 6 },
      ),
      members: fc.integer({ min: 0, max: 900 }),
      minutes: fc.integer({ min: 0, max: 40_000 }),
      points: fc.integer({ min: 0, max: 3_000 }),
    }),
    { minLength: 1, maxLength: 60, selector: ({ practiceId, payerId }) => `${practiceId} ${payerId}` },
  )
  .filter((all) => (['members', 'minutes', 'points'] as const).every((what) => all.some((cell) => cell[what] > 0)))
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
const shuffled = <T>(all: readonly T[], keys: readonly number[]): T[] =>
  all
    .map((one, at) => [keys[at % keys.length]! + at / 1e6, one] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, one]) => one)

/** Where a figure does not follow from its steps; divided without fractions here, too. */
const brokenSteps = (cents: number, { cents: figure, ways }: CostShare): string[] => [
  ...(sum(ways.map((way) => way.at(-1)!.cents)) === figure ? [] : ['the ways']),
  ...ways.flatMap((way) =>
    way.flatMap(({ from, weight, of, cents: some, carries }, at) => [
      ...(from === (at === 0 ? cents : way[at - 1]!.cents) ? [] : ['what is split']),
      ...(BigInt(some) === (BigInt(from) * BigInt(weight)) / BigInt(of) + (carries ? 1n : 0n) ? [] : ['a share']),
    ]),
  ),
]

test('in a thousand regions every rule sums to the cent, in whatever order cells come, and each figure opens to its inputs', () => {
  fc.assert(
    fc.property(
      cells,
      fc.integer({ min: 0, max: 1_000_000_000 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
      (region, cents, keys) => {
        for (const rule of RULES) {
          const split = splitCost(cents, region, rule)
          if (!split.ok) throw new Error(split.fault)
          const broken = [
            ...(sum(split.shares.map((share) => share.cents)) === cents ? [] : ['the sum']),
            ...(isDeepStrictEqual(splitCost(cents, shuffled(region, keys), rule), split) ? [] : ['the order']),
            ...split.shares.flatMap((share) => brokenSteps(cents, share)),
          ]
          expect(broken).toEqual([])
        }
      },
    ),
    { numRuns: 1000 },
  )
})

test('who has more of what is split by never pays less', () => {
  fc.assert(
    fc.property(
      cells,
      fc.integer({ min: 0, max: 1_000_000_000 }),
      fc.constantFrom('members', 'minutes', 'points'),
      (region, cents, rule) => {
        const split = splitCost(cents, region, rule)
        if (!split.ok) throw new Error(split.fault)
        const rising = split.shares
          .map((share) => ({
            cents: share.cents,
            weight: region.find((cell) => cell.practiceId === share.practiceId && cell.payerId === share.payerId)![rule],
          }))
          .sort((a, b) => a.weight - b.weight)
        for (const [at, { cents: figure, weight }] of rising.entries())
          if (at > 0 && weight > rising[at - 1]!.weight) expect(figure).toBeGreaterThanOrEqual(rising[at - 1]!.cents)
      },
    ),
    { numRuns: 300 },
  )
})

const cell = (practiceId: string, payerId: string | null, members: number): CostCell => ({
  practiceId,
  payerId,
  members,
  minutes: members,
  points: members,
})

test('equal: every practice the same, and within it every payer the same', () => {
  const split = splitCost(1001, [cell('a', 'x', 900), cell('a', 'y', 1), cell('b', null, 5)], 'equal')
  expect(split.ok && split.shares.map(({ practiceId, payerId, cents }) => [practiceId, payerId, cents])).toEqual([
    ['a', 'x', 251],
    ['a', 'y', 250],
    ['b', null, 500],
  ])
})

test.each<[string, CostCell[], CostRule, string]>([
  ['nothing to split by', [cell('a', 'x', 0)], 'minutes', 'Nobody has any minutes, so nothing can be split by them.'],
  ['a cell twice', [cell('a', 'x', 1), cell('a', 'x', 2)], 'members', 'Practice and payer a x are there twice; tell them once.'],
  [
    'parts that are no whole',
    [cell('a', 'x', 1)],
    { percents: { members: 60, minutes: 30 } },
    'The parts of a hybrid are 90 percent together; make them 100.',
  ],
  ['nobody', [], 'equal', 'There is no practice to split it over.'],
])('told: %s', (_, some, rule, fault) => {
  expect(splitCost(100, some, rule)).toEqual({ ok: false, fault })
})

test('of 1 to 10 members no payer is told, nobody is lost, and a practice of so few is told as a whole', () => {
  fc.assert(
    fc.property(cells, (region) => {
      const told = tellTogether(region)
      for (const what of ['members', 'minutes', 'points'] as const)
        expect(sum(told.map((one) => one[what]))).toBe(sum(region.map((one) => one[what])))
      for (const one of told) {
        const practice = sum(region.filter(({ practiceId }) => practiceId === one.practiceId).map(({ members }) => members))
        if (one.members > 0 && one.members < 11) expect([one.payerId, one.members]).toEqual([null, practice])
      }
    }),
    { numRuns: 1000 },
  )
  expect(tellTogether([cell('a', 'x', 3), cell('a', 'y', 12), cell('a', 'z', 40)])).toEqual([cell('a', null, 15), cell('a', 'z', 40)])
})

test('alone a practice pays for whole posts; a panel large enough fills one', () => {
  const asked = { sharedCents: 120_000, members: 400, neededMinutes: 2_000, smallestPost: { cents: 450_000, minutes: 3_000 } }
  expect(againstAlone(asked)).toEqual({ posts: 1, aloneCents: 450_000, sharedUnitCents: 300, aloneUnitCents: 1_125, smallestPanel: 600 })
  expect(againstAlone({ ...asked, members: 0 })).toBeNull()
})
