import fc from 'fast-check'
import { product, sum } from './operators.ts'
import { Decimal } from './values.ts'

const LIMIT = 10n ** 28n - 1n
const units = fc.oneof(fc.bigInt(-LIMIT, LIMIT), fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(-1000n, 1000n))
const decimal = units.map((value) => Decimal.fromUnits(value)!)
const inRange = (value: bigint): bigint | null => (value > LIMIT || value < -LIMIT ? null : value)
/** Halves away from zero. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const [over, under] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator]
  const rest = ((over % under) + under) % under
  const floor = (over - rest) / under
  return 2n * rest > under || (2n * rest === under && over > 0n) ? floor + 1n : floor
}
const exact = (value: Decimal | null): bigint | null => value && value.wideUnits()

describe('Decimal', () => {
  it('computes exactly what whole numbers of its units compute, and nothing out of range', () =>
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const [a, b] = [left.wideUnits(), right.wideUnits()]
        expect(exact(left.add(right))).toBe(inRange(a + b))
        expect(exact(left.subtract(right))).toBe(inRange(a - b))
        expect(exact(left.multiply(right))).toBe(inRange(rounded(a * b, 100_000_000n)))
        expect(exact(left.divide(right))).toBe(b === 0n ? null : inRange(rounded(a * 100_000_000n, b)))
        expect(exact(left.modulo(right))).toBe(b === 0n ? null : a % b)
        expect(exact(left.truncatedDivide(right))).toBe(b === 0n ? null : inRange((a / b) * 100_000_000n))
        expect(Math.sign(left.compare(right))).toBe(a < b ? -1 : a > b ? 1 : 0)
        expect(left.equals(right)).toBe(a === b)
      }),
      { numRuns: 2000 },
    ))

  it('has a sum that has a place, in whatever order it is added up', () => {
    const most = Decimal.of('99999999999999999999.99999999')
    expect(exact(sum([most, Decimal.of('1.5'), Decimal.of('-2.5')]) as Decimal)).toBe(LIMIT - 10n ** 8n)
    expect([sum([2_147_483_647, 1, -1]), sum([2_147_483_647, 1]), sum([2n ** 63n - 1n, 1n, -2n])]).toEqual([
      2_147_483_647,
      null,
      2n ** 63n - 2n,
    ])
    expect([product([2_147_483_647, 2, 0]), product([2_147_483_647, 2, null])]).toEqual([0, null])
  })

  it('reads back what it writes', () =>
    fc.assert(fc.property(decimal, (value) => expect(Decimal.parse(value.toString())?.wideUnits()).toBe(value.wideUnits()))))

  it.each([
    ['1.58700', '1.58700'],
    ['-0.5', '-0.5'],
    ['0', '0.0'],
    ['-0.0', '0.0'],
    ['1e-7', '0.0000001'],
    ['1.5e3', '1500.0'],
    ['0.123456789', '0.12345679'],
    ['-0.000000005', '-0.00000001'],
    ['99999999999999999999.99999999', '99999999999999999999.99999999'],
    ['-99999999999999999999.99999999', '-99999999999999999999.99999999'],
  ])('reads %s', (text, written) => expect(Decimal.parse(text)?.toString()).toBe(written))

  it.each(['100000000000000000000', '', '1.', '.5', 'one', '1e99'])('refuses %p', (text) => expect(Decimal.parse(text)).toBeNull())

  it.each([
    ['-0.5', 0, '-1.0'],
    ['-0.4', 0, '0.0'],
    ['3.14159', 2, '3.14'],
    ['2.5', 0, '3.0'],
  ])('rounds %s to %i digits', (text, digits, rounded) => expect(Decimal.of(text).round(digits)?.toString()).toBe(rounded))
})
