import { elm, smallMeasure, somebody, year } from '../small-measure.fixture.ts'
import { openCompiler } from './compiler.ts'

const { count, integer, list, node, ref, text } = elm
/** What stops somebody's evaluation; null when nothing does. */
const problemOf = async (initial: object, others: Readonly<Record<string, object>> = {}): Promise<string | null> => {
  const measure = openCompiler().load(smallMeasure({ 'Initial Population': initial, ...others }))
  return (await measure.evaluate([somebody], year))[0]!.problem
}
/** E0 to E59, each made of the one before. */
const doubling = (first: object, next: (before: object) => object): Record<string, object> => ({
  E0: first,
  ...Object.fromEntries(Array.from({ length: 59 }, (_, index) => [`E${index + 1}`, next(ref(`E${index}`))])),
})
const upTo = (high: number): object => ({ type: 'Interval', low: integer(1), high: integer(high), lowClosed: true, highClosed: true })
const expand = (...intervals: object[]): object =>
  node('Expand', intervals.length === 1 ? intervals[0]! : list(...intervals), { type: 'Null' })

/** Without their limits these do not end, or end the process. */
describe('logic that cannot be computed', () => {
  it('stops at a pattern that is none, and says where, why and what to do', async () => {
    expect(await problemOf(ref('Named'), { Named: node('Matches', text('a'), text('(a')) })).toBe(
      'Logic."Named", Matches: "(a" is not a regular expression (Unterminated group). Correct the pattern in the CQL.',
    )
  })

  it('answers patterns whose time doubles with each character', async () => {
    const bomb = [text(`${'a'.repeat(60)}!`), text('(a+)+$')]
    expect(await problemOf(node('Matches', ...bomb))).toBeNull()
    expect(await problemOf(node('IsNull', node('ReplaceMatches', ...bomb, text(''))))).toBeNull()
  })

  it('stops at texts, lists and types that double with every definition', async () => {
    const texts = doubling(text('ab'), (before) => node('Concatenate', before, before))
    expect(await problemOf(node('IsNull', ref('E59')), texts)).toBe(
      'Logic."E19", Concatenate: A text grew to more than 1,000,000 characters. Bound what is put together.',
    )
    const lists = doubling(list(integer(1)), (before) => node('Flatten', list(before, before)))
    // Flatten takes one operand.
    for (const one of Object.values(lists))
      if ('operand' in one && Array.isArray(one.operand)) Object.assign(one, { operand: one.operand[0] })
    expect(await problemOf(node('IsNull', ref('E59')), lists)).toBe(
      'Logic."E20", Flatten: A list grew to more than 1,000,000 elements. Narrow what goes into it.',
    )
    const tuples = doubling(text('a'), (value) => ({ type: 'Tuple', element: ['a', 'b'].map((name) => ({ name, value })) }))
    await expect(problemOf(node('IsNull', ref('E59')), tuples)).rejects.toThrow(
      /^Logic\."E\d+": A type is made of itself over and over\. Take it apart\.$/,
    )
  })

  it('stops at intervals of more points than can be listed', async () => {
    expect(await problemOf(node('Greater', count(expand(upTo(2_000_000_000))), integer(5)))).toBe(
      'Logic."Initial Population", Expand: A list grew to more than 1,000,000 elements. Narrow what goes into it.',
    )
  })

  it('lists the points of overlapping intervals once, in no more than seconds', async () => {
    const same = node('Equal', count(expand(upTo(200_000), upTo(100_000))), integer(200_000))
    const measure = openCompiler().load(smallMeasure({ 'Initial Population': same }))
    expect((await measure.evaluate([somebody], year))[0]!.groups[0]!.counts).toEqual([1])
  }, 10_000)

  it('stops at queries whose sources multiply, whether or not they keep a row', async () => {
    const source = ['a', 'b', 'c', 'd'].map((alias) => ({ alias, expression: ref('Numbers') }))
    const where = node('Equal', { type: 'AliasRef', name: 'a' }, integer(-1))
    const product = node('IsNull', { type: 'Query', source, relationship: [], where })
    expect(await problemOf(product, { Numbers: expand(upTo(3000)) })).toBe(
      'Logic."Initial Population", Query: The sources of a query make more than 100,000,000 combinations. Filter each source, or relate them by with and such that.',
    )
  })

  it('stops at a chain of definitions that is longer than the stack is deep', async () => {
    const chain = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`E${index}`, node('Not', ref(`E${index + 1}`))]))
    await expect(problemOf(ref('E0'), { ...chain, E20000: elm.yes })).rejects.toThrow(
      /^Logic\."E\d+": The chain of definitions and functions that leads here is too long\. Shorten it\.$/,
    )
  })

  it('refuses Repeat, which may not end', async () => {
    await expect(problemOf({ type: 'Repeat', source: list(integer(1)), element: integer(1), scope: 'x' })).rejects.toThrow(
      'Logic."Initial Population", Repeat: This node is not supported.',
    )
  })
})
