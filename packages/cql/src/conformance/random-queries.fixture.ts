import fc from 'fast-check'
import type { ElmJson } from './random-elm.fixture.ts'
import { literal, node, nothing, operands } from './random-values.fixture.ts'

/** Random queries over lists of integers: what stands inside one is made of its aliases, its let and small numbers. */
type Tie = (type: string) => fc.Arbitrary<ElmJson>

/** Expressions that may use these names. */
function inside(aliases: readonly string[], lets: readonly string[]): { number: fc.Arbitrary<ElmJson>; truth: fc.Arbitrary<ElmJson> } {
  const names = [...aliases.map((name) => node('AliasRef', { name })), ...lets.map((name) => node('QueryLetRef', { name }))]
  const { number, truth } = fc.letrec<{ number: ElmJson; truth: ElmJson }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.constant(nothing('Integer')) }),
      fc.integer({ min: -3, max: 9 }).map((value) => literal('Integer', value)),
      fc
        .tuple(fc.constantFrom('Add', 'Subtract', 'Multiply', 'Modulo', 'Coalesce'), tie('number'), tie('number'))
        .map(([name, left, right]) => operands(name, left, right)),
      fc.tuple(fc.constantFrom('Negate', 'Abs'), tie('number')).map(([name, operand]) => node(name, { operand })),
    ),
    truth: fc.oneof(
      { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
      fc
        .tuple(fc.constantFrom('Equal', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual', 'Equivalent'), tie('number'), tie('number'))
        .map(([name, left, right]) => operands(name, left, right)),
      tie('number').map((operand) => node('IsNull', { operand })),
      tie('truth').map((operand) => node('Not', { operand })),
      fc.tuple(fc.constantFrom('And', 'Or'), tie('truth'), tie('truth')).map(([name, left, right]) => operands(name, left, right)),
    ),
  }))
  return { number, truth }
}

const LET = 'L'
const SO_FAR = 'T'

interface Head {
  readonly aliases: readonly string[]
  readonly lets: readonly string[]
  readonly parts: Readonly<Record<string, unknown>>
}

/** Of one null list beside another the engines have it differently, and no clause that we know says which is right. */
const present = (list: ElmJson): ElmJson => operands('Union', list, node('List', { element: [] }))

/** Sources, a let and a filter. */
function head(tie: Tie): fc.Arbitrary<Head> {
  const sources = fc.oneof(
    tie('List<Integer>').map((list) => [list]),
    fc.tuple(tie('List<Integer>'), tie('List<Integer>')).map((lists) => lists.map(present)),
  )
  return fc.tuple(sources, fc.boolean(), fc.boolean()).chain(([lists, hasLet, hasWhere]) => {
    const aliases = lists.map((_, index) => 'AB'[index]!)
    const lets = hasLet ? [LET] : []
    const source = lists.map((expression, index) => ({ alias: aliases[index], expression }))
    return fc.record({ let: inside(aliases, []).number, where: inside(aliases, lets).truth }).map((made) => ({
      ...{ aliases, lets },
      parts: {
        ...{ source, relationship: [] },
        let: hasLet ? [{ identifier: LET, expression: made.let }] : [],
        ...(hasWhere && { where: made.where }),
      },
    }))
  })
}

/** What counts between dates that say less than is counted; an order of such numbers is nobody's. */
const isCertain = (query: object): boolean => !/"(?:Duration|Difference)Between"/.test(JSON.stringify(query))

/** A list of integers. */
export const queryOfList = (tie: Tie): fc.Arbitrary<ElmJson> =>
  head(tie).chain(({ aliases, lets, parts }) =>
    fc
      .record({
        expression: inside(aliases, lets).number,
        distinct: fc.boolean(),
        returns: fc.boolean(),
        direction: fc.constantFrom(null, 'asc', 'desc', 'ascending', 'descending'),
      })
      .map(({ expression, distinct, returns, direction }) => {
        const unsorted = { ...parts, ...((returns || aliases.length > 1) && { return: { distinct, expression } }) }
        return node('Query', {
          ...unsorted,
          ...(direction && isCertain(unsorted) && { sort: { by: [{ type: 'ByDirection', direction }] } }),
        })
      }),
  )

/** An integer: what an aggregate comes to. */
export const queryOfNumber = (tie: Tie): fc.Arbitrary<ElmJson> =>
  head(tie).chain(({ aliases, lets, parts }) =>
    fc
      .record({
        expression: inside([...aliases], [...lets, SO_FAR]).number,
        starting: fc.integer({ min: 0, max: 3 }),
        distinct: fc.boolean(),
      })
      .map(({ expression, starting, distinct }) =>
        node('Query', {
          ...parts,
          aggregate: { identifier: SO_FAR, distinct, starting: literal('Integer', starting), expression },
        }),
      ),
  )
