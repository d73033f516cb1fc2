import { readDeck } from './deck-case.ts'

const good = {
  id: 'a',
  period: { start: '2026-01-01', end: '2026-12-31' },
  resources: [{ resourceType: 'Patient' }],
  expected: [{ numerator: 1 }],
}
const problems = (...lines: readonly unknown[]): unknown => {
  const reading = readDeck(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  if (!reading.ok) return reading.problems
  return reading.broken.length === 0 ? reading.cases.length : reading.broken.map(({ line, reason }) => `Line ${line}: ${reason}`)
}

describe('readDeck', () => {
  it('reads a case a line', () => {
    expect(problems(good, '', { ...good, id: 'b', notes: { fqmDisagrees: ['x'] } })).toBe(2)
  })

  it('leaves out a line that cannot be run, and nothing else', () => {
    const reading = readDeck(
      [good, { ...good, id: 'b', title: 'B', period: {} }, { ...good, id: 'c' }].map((one) => JSON.stringify(one)).join('\n'),
    )
    expect(reading.ok && reading.cases.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(reading.ok && reading.broken).toEqual([{ line: 2, id: 'b', title: 'B', reason: 'The case has no period of two days.' }])
  })

  it('says which line is wrong and how', () => {
    expect(problems('')).toEqual(['The deck holds no case.'])
    expect(problems(good, '{"id":')).toEqual(['Line 2: This is not JSON; a deck holds one case a line.'])
    expect(problems(good, good)).toEqual(['Line 2: The case a is in line 1 already.'])
    expect(problems('3')).toEqual(['Line 1: This is not a case.'])
    expect(problems({ ...good, period: {} })).toEqual(['Line 1: The case has no period of two days.'])
    expect(problems({ ...good, period: { start: '2026-12-31', end: '2026-01-01' } })).toEqual([
      'Line 1: Its period ends (2026-01-01) before it starts (2026-12-31).',
    ])
    for (const day of ['2026-02-30', '2026-13-01', '0000-01-01']) {
      expect(problems({ ...good, period: { start: day, end: '2026-12-31' } })).toEqual([
        `Line 1: Its period starts on ${day}, which is no day.`,
      ])
      expect(problems({ ...good, period: { start: '0001-01-01', end: `${day}T10:00:00Z` } })).toEqual([
        `Line 1: Its period ends on ${day}, which is no day.`,
      ])
    }
    const deep = `{"resourceType":"Observation","id":"o","extension":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const person = JSON.stringify(good).replace('{"resourceType":"Patient"}', `{"resourceType":"Patient"},${deep}`)
    expect(problems(good, person)).toEqual(['Line 2: Its resource 2 (Observation/o) is nested deeper than any record is.'])
    expect(problems({ ...good, resources: 'none' })).toEqual(['Line 1: The case has no list of resources.'])
    expect(problems({ ...good, resources: [{}, null] })).toEqual(['Line 1: Its resource 2 is no FHIR resource: an object was expected.'])
    expect(problems({ ...good, expected: [{ numerator: 'one' }] })).toEqual([
      'Line 1: The case does not say what is expected: a list of counts by population, one for each group.',
    ])
    expect(problems({ ...good, expectedStrata: [{}] })).toEqual(['Line 1: What it expects of strata is not a list for each group.'])
  })
})
