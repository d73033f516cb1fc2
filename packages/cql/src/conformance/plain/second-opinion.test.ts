import { answersOf } from '../both-engines.fixture.ts'
import { explanationOf } from '../explained-differences.fixture.ts'
import type { ElmJson } from '../random-elm.fixture.ts'
import { isContradicted } from './second-opinion.fixture.ts'

const SYSTEM = '{urn:hl7-org:elm-types:r1}'
const literal = (type: string, value: string): ElmJson => ({ type: 'Literal', valueType: `${SYSTEM}${type}`, value })
const number = (value: number): ElmJson => literal('Integer', String(value))
const interval = (low: ElmJson, high: ElmJson, lowClosed = true, highClosed = true): ElmJson => ({
  ...{ type: 'Interval', low, high, lowClosed, highClosed },
})
const unknown: ElmJson = { type: 'As', operand: { type: 'Null' }, asType: `${SYSTEM}Integer` }
const date: ElmJson = { type: 'Date', year: number(2012), month: number(2), day: number(27) }
const operation = (type: string, ...operand: readonly ElmJson[]): ElmJson => ({ type, operand })

const time = (...parts: readonly number[]): ElmJson => ({
  type: 'Time',
  ...Object.fromEntries(parts.map((part, at) => [['hour', 'minute', 'second', 'millisecond'][at]!, number(part)])),
})
/** From the middle of 2012 to the end of 2014 or sooner: 1 or 2 years. */
const age: ElmJson = {
  ...operation('DurationBetween', { type: 'Date', year: number(2012), month: number(6) }, { type: 'Date', year: number(2014) }),
  precision: 'Year',
}

/** From some day of 2010 to the end of February 2026: from 31 December 181 months, as February has no such day. */
const monthsFromAYear: ElmJson = {
  ...operation(
    'DurationBetween',
    { type: 'Date', year: number(2010) },
    { type: 'Date', year: number(2026), month: number(2), day: number(28) },
  ),
  precision: 'Month',
}

const productWithAnAge: ElmJson = { type: 'Product', source: { type: 'List', element: [number(20), age, number(0)] } }

const milligrams = (value: number): ElmJson => ({ type: 'Quantity', value, unit: 'mg' })
const tooManyMilligrams = operation('CanConvertQuantity', { type: 'Quantity', value: 1e17, unit: 'g' }, literal('String', 'mg'))
const quantitiesApart = operation('Union', interval(milligrams(-0.08), milligrams(0)), interval(milligrams(1), milligrams(23.595)))

const day = (year: number, month: number, day: number): ElmJson => ({
  ...{ type: 'Date', year: number(year), month: number(month), day: number(day) },
})
const startsInItsYear: ElmJson = {
  ...operation('Starts', interval(day(2024, 6, 30), day(2025, 12, 31)), interval(day(2024, 12, 4), day(2025, 3, 31))),
  precision: 'Year',
}

/** An expression, its right answer, and a wrong one that a clause once let pass. */
const cases: readonly (readonly [name: string, elm: ElmJson, right: string, wrong: string | null])[] = [
  ['a day moved by days', operation('Add', date, { type: 'Quantity', value: 3, unit: 'days' }), 'Date 2012-3-1', 'Date 2012-3-2'],
  [
    'a month moved by weeks',
    operation('Add', { type: 'Date', year: number(2012), month: number(7) }, { type: 'Quantity', value: 39, unit: 'weeks' }),
    'Date 2013-4',
    'Date 2013-3',
  ],
  ['an integer in a text', { type: 'ToInteger', operand: literal('String', '-7') }, '-7', '-6'],
  ['a text that is no integer', { type: 'ToInteger', operand: literal('String', '5 mg') }, 'null', '5'],
  [
    'overlaps with an unknown start',
    operation('Overlaps', interval(unknown, number(5), false), interval(number(1), number(3))),
    'null',
    'true',
  ],
  [
    'a second in an interval of milliseconds',
    operation('In', time(10, 0, 0), interval(time(10, 0, 0, 0), time(10, 0, 1, 0))),
    'true',
    'null',
  ],
  ['a second before a millisecond', operation('Less', time(10, 0, 0), time(10, 0, 0, 1)), 'true', 'null'],
  [
    'milliseconds from a second on',
    { ...operation('DurationBetween', time(10, 0, 0), time(10, 0, 0, 7)), precision: 'Millisecond' },
    '7',
    '-992..7',
  ],
  ['an age that is one of two, the greater the last of an interval', operation('In', age, interval(number(1), number(2))), 'true', 'null'],
  [
    'an age that is one of two, the lesser the first after an interval',
    operation('In', age, interval(number(0), number(1), true, false)),
    'false',
    'null',
  ],
  ['an interval to an age that is one of two', operation('Contains', interval(number(0), age), number(1)), 'true', 'null'],
  [
    'the date of a moment in another zone',
    {
      type: 'DateFrom',
      operand: { ...date, type: 'DateTime', hour: number(23), minute: number(0), timezoneOffset: literal('Decimal', '-5.0') },
    },
    'Date 2012-2-28',
    'Date 2012-2-27',
  ],
  ['months from a date that has no day', monthsFromAYear, '181..193', '182..193'],
  ['except before', operation('Except', interval(number(1), number(9)), interval(number(4), number(12))), '[1, 3]', '[1, 4]'],
  [
    'intersect with an unknown end',
    operation('Intersect', interval(number(1), unknown, true, false), interval(number(0), number(4))),
    '[1, null)',
    '[1, 4]',
  ],
  [
    'a sum past the last integer',
    { type: 'Sum', source: { type: 'List', element: [number(2_147_483_647), number(1)] } },
    'null',
    '2147483648',
  ],
  [
    'a product with a place that it had not on the way',
    { type: 'Product', source: { type: 'List', element: [number(-2_147_483_648), number(-1), number(-1)] } },
    '-2147483648',
    'null',
  ],
  [
    'a product of decimals with a place that it had not on the way',
    {
      type: 'Product',
      source: { type: 'List', element: ['50000000000000000000.0', '4.0', '0.25'].map((value) => literal('Decimal', value)) },
    },
    '50000000000000000000',
    'null',
  ],
  [
    'a product of Longs with a place that it had not on the way',
    { type: 'Product', source: { type: 'List', element: ['-9223372036854775808', '-1', '-1'].map((value) => literal('Long', value)) } },
    '-9223372036854775808',
    'null',
  ],
  [
    'a product of zero with what is not certain and has no place on the way',
    { type: 'Product', source: { type: 'List', element: [number(2_147_483_647), age, number(0)] } },
    '0',
    'null',
  ],
  [
    'an interval that begins nobody knows where beside one that ends before it',
    operation(
      'Collapse',
      { type: 'List', element: [interval(unknown, number(9), false), interval(number(1), number(3))] },
      { ...unknown, asType: `${SYSTEM}Quantity` },
    ),
    '{(null, 9], [1, 3]}',
    '{(null, 9]}',
  ],
  [
    'an interval that begins nobody knows where and ends in one that goes on, beside another before its end',
    operation(
      'Collapse',
      {
        type: 'List',
        element: [interval(unknown, number(9), false), interval(number(1), number(3)), interval(number(8), unknown)],
      },
      { ...unknown, asType: `${SYSTEM}Quantity` },
    ),
    '{(null, null], [1, 3]}',
    '{(null, null]}',
  ],
  [
    'pieces of three',
    operation('Expand', { type: 'List', element: [interval(number(1), number(8))] }, { type: 'Quantity', value: 3, unit: '1' }),
    '{[1, 3], [4, 6]}',
    '{[1, 3], [4, 6], [7, 8]}',
  ],
  ['the last Long', { type: 'ToLong', operand: literal('String', '9223372036854775807') }, '9223372036854775807', '9223372036854775808'],
  [
    'an aggregate of what a filter keeps',
    {
      type: 'Query',
      source: [{ alias: 'A', expression: { type: 'List', element: [number(1), number(5), number(7)] } }],
      relationship: [],
      where: operation('Greater', { type: 'AliasRef', name: 'A' }, number(2)),
      aggregate: {
        identifier: 'T',
        starting: number(1),
        expression: operation('Multiply', { type: 'QueryLetRef', name: 'T' }, { type: 'AliasRef', name: 'A' }),
      },
    },
    '35',
    '36',
  ],
  [
    'an age that is one of two, of which a filter asks whether it is itself or else what no age can tell',
    {
      type: 'Query',
      source: [{ alias: 'A', expression: { type: 'List', element: [number(9), age, number(1)] } }],
      relationship: [],
      where: operation(
        'Equal',
        { type: 'AliasRef', name: 'A' },
        operation(
          'Coalesce',
          { type: 'Abs', operand: { type: 'AliasRef', name: 'A' } },
          operation('Modulo', { type: 'AliasRef', name: 'A' }, { type: 'AliasRef', name: 'A' }),
        ),
      ),
    },
    '{9, 1}',
    '{9, 1..2, 1}',
  ],
  [
    'lists of two lengths',
    operation('Equal', { type: 'List', element: [number(1)] }, { type: 'List', element: [number(1), unknown] }),
    'false',
    'null',
  ],
  [
    'a quantity whose value in another unit no Decimal holds',
    operation(
      'CanConvertQuantity',
      {
        ...{ type: 'Instance', classType: `${SYSTEM}Quantity` },
        element: [
          { name: 'value', value: { type: 'MaxValue', valueType: `${SYSTEM}Decimal` } },
          { name: 'unit', value: literal('String', 'g') },
        ],
      },
      literal('String', 'mg'),
    ),
    'false',
    'true',
  ],
  ['halves', { type: 'Round', operand: literal('Decimal', '-2.5'), precision: number(0) }, '-3', '-2'],
  [
    'a null separator',
    {
      type: 'Combine',
      source: { type: 'List', element: [literal('String', 'a'), literal('String', 'b')] },
      separator: { ...unknown, asType: `${SYSTEM}String` },
    },
    '"ab"',
    '"anullb"',
  ],
]

describe('the second opinion', () => {
  it.each(cases)('knows %s, and lets no clause explain another answer', async (_, elm, right, wrong) => {
    const answer = (await answersOf(elm)).at(-1)!
    expect(answer.ours).toBe(right)
    expect(isContradicted(answer)).toBe(false)
    expect(isContradicted({ ...answer, ours: wrong })).toBe(true)
    expect(explanationOf({ ...answer, ours: wrong, theirs: right })).toBeUndefined()
  })
  it.each([
    ['a month that ends on a day which there is not, also of a date without a day', monthsFromAYear, '182..193', /^Appendix H/],
    ['a product of zero with what is not certain', productWithAnAge, 'NaN', /Uncertainty/],
    ['quantities that are whole and no neighbours', quantitiesApart, "[-0.08 'mg', 23.595 'mg']", /^Reference, Successor/],
    ['a quantity that has no place in another unit', tooManyMilligrams, 'true', /^Reference, CanConvertQuantity/],
    ['what starts and ends in the same years', startsInItsYear, 'false', /^Reference, Starts and Ends/],
  ] as const)('has a clause for %s', async (_, elm, theirs, clause) => {
    const answer = (await answersOf(elm)).at(-1)!
    expect(answer.theirs).toBe(theirs)
    expect(explanationOf(answer)).toMatch(clause)
  })
})
