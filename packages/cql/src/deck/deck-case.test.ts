import { readDeck } from './deck-case.ts'

const good = {
  id: 'a',
  period: { start: '2026-01-01', end: '2026-12-31' },
  resources: [{ resourceType: 'Patient' }],
  expected: [{ numerator: 1 }],
}
const problems = (...lines: readonly unknown[]): unknown => {
  const reading = readDeck(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return reading.ok ? reading.cases.length : reading.problems
}

describe('readDeck', () => {
  it('reads a case a line', () => {
    expect(problems(good, '', { ...good, id: 'b', notes: { fqmDisagrees: ['x'] } })).toBe(2)
  })

  it('says which line is wrong and how', () => {
    expect(problems('')).toEqual(['The deck holds no case.'])
    expect(problems(good, '{"id":')).toEqual(['Line 2: This is not JSON; a deck holds one case a line.'])
    expect(problems(good, good)).toEqual(['The case a is there twice.'])
    expect(problems('3')).toEqual(['Line 1: This is not a case.'])
    expect(problems({ ...good, period: {} })).toEqual(['Line 1: The case has no period of two days.'])
    expect(problems({ ...good, period: { start: '2026-12-31', end: '2026-01-01' } })).toEqual([
      'Line 1: Its period ends (2026-01-01) before it starts (2026-12-31).',
    ])
    expect(problems({ ...good, resources: 'none' })).toEqual(['Line 1: The case has no list of resources.'])
    expect(problems({ ...good, expected: [{ numerator: 'one' }] })).toEqual([
      'Line 1: The case does not say what is expected: a list of counts by population, one for each group.',
    ])
    expect(problems({ ...good, expectedStrata: [{}] })).toEqual(['Line 1: What it expects of strata is not a list for each group.'])
  })
})
