import {
  Code,
  Concept,
  CqlDate,
  CqlDateTime,
  CqlTime,
  Decimal,
  Interval,
  Precision,
  Quantity,
  Tuple,
  Uncertainty,
} from '../runtime/values.ts'
import { readExpected } from './expected-value.fixture.ts'
import { sameValue } from './same-value.fixture.ts'

const quantity = new Quantity(Decimal.of('1.50'), 'g')

/** What is expected, what is the same, and what is not. */
const cases: [text: string, same: unknown, other: unknown][] = [
  ['null', null, false],
  ['true', true, null],
  ['-5', -5, 5],
  ['10', Decimal.of('10.0'), 10n],
  ['10L', 10n, 10],
  ['1.50', Decimal.of('1.5'), Decimal.of('1.51')],
  ['0.0', Decimal.of('-0.00'), 0],
  ["'it\\'s \\u0041'", "it's A", 'its A'],
  ["1.5 'g'", quantity, new Quantity(Decimal.of('1.5'), 'mg')],
  ['3 days', new Quantity(Decimal.of(3), 'days'), new Quantity(Decimal.of(3), 'd')],
  ['@2014-02', CqlDate.of(2014, 2), CqlDate.of(2014, 2, 1)],
  ['@2014-02-03T', new CqlDateTime(CqlDate.of(2014, 2, 3).day, 0, Precision.Day, 0), CqlDate.of(2014, 2, 3)],
  ['@1970-01-01T10:30-05:00', new CqlDateTime(0, 37_800_000, Precision.Minute, -300), new CqlDateTime(0, 37_800_000, Precision.Minute, 0)],
  ['@T10:30:00.1', new CqlTime(37_800_100, Precision.Millisecond), new CqlTime(37_800_100, Precision.Second)],
  ['{ 1, {2}, null }', [1, [2], null], [1, 2, null]],
  ['{}', [], [null]],
  ['Interval [ 1, 3 )', new Interval(1, 3, true, false), new Interval(1, 3)],
  ['Interval[ 16, 44 ]', new Uncertainty(16, 44), new Uncertainty(17, 44)],
  ["Tuple { id: 5, name: 'a' }", new Tuple({ id: 5, name: 'a' }), new Tuple({ id: 5 })],
  ["Concept { codes: Code { code: 'a' } }", new Concept([new Code('a')]), new Concept([new Code('b')])],
]

describe('expected values of the conformance tests', () => {
  it.each(cases)('%s is told from others', (text, same, other) => {
    expect(sameValue(readExpected(text), same)).toBe(true)
    expect(sameValue(readExpected(text), other)).toBe(false)
  })

  it('refuses what it cannot read', () => expect(() => readExpected('1 + 1')).toThrow('cannot read'))
})
