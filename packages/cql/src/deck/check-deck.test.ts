import type { MembershipResult } from '../engine.ts'
import { openCompiler } from '../compiler/compiler.ts'
import { elm, smallMeasure, somebody, year } from '../small-measure.fixture.ts'
import { judge } from './check-deck.ts'
import type { DeckCase } from './deck-case.ts'

const { groups, evaluate } = openCompiler().load(smallMeasure({ 'Initial Population': elm.yes }))
let result: MembershipResult
beforeAll(async () => {
  ;[result] = (await evaluate([somebody], year)) as [MembershipResult]
})
const expecting = (count: number, disagreements: readonly string[]): DeckCase => ({
  ...{ id: 'a', title: '', description: '', period: year, resources: [], expectedStrata: [], disagreements },
  expected: [{ 'initial-population': count }],
})

describe('judging a case', () => {
  it('passes what agrees and fails what does not, unless the expectation is in doubt', () => {
    expect(judge(expecting(1, []), groups, result).verdict).toBe('passed')
    expect(judge(expecting(0, []), groups, result).verdict).toBe('failed')
    expect(judge(expecting(0, ['fqm says 1']), groups, result).verdict).toBe('undecided')
  })

  it('fails a case that stops or says nothing, in doubt or not', () => {
    const stopped = { ...result, problem: 'Logic."X", Matches: why' }
    for (const count of [0, 1]) expect(judge(expecting(count, ['fqm says 1']), groups, stopped).verdict).toBe('failed')
    expect(judge({ ...expecting(1, ['fqm says 1']), expected: [] }, groups, result).verdict).toBe('failed')
  })
})
