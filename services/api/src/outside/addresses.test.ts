import fc from 'fast-check'
import { addressRule } from './addresses.ts'

const isOpen = addressRule()

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80b::200e',
])('%s is public', (address) => expect(isOpen(address)).toBe(true))

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.19.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
  '127.1',
  '2130706433',
  '0x7f.1',
  '8.8.8.8 ',
])('%s is not', (address) => expect(isOpen(address)).toBe(false))

test('an exception opens its range and no other', () => {
  const rule = addressRule(['10.20.0.0/16', 'fd12::/32'])
  expect(['10.20.0.1', 'fd12:0::5', '8.8.8.8'].map(rule)).toEqual([true, true, true])
  expect(['10.21.0.1', 'fd13::5', '127.0.0.1', '::ffff:10.21.0.1'].map(rule)).toEqual([false, false, false, false])
  for (const broken of ['10.0.0.0', '10.0.0.0/', 'x/8', '10.0.0.0/33', '']) expect(() => addressRule([broken])).toThrow()
})

/** An oracle that knows only arithmetic. */
const CLOSED: readonly (readonly [number, number])[] = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0000000, 24],
  [0xc0000200, 24],
  [0xc0586300, 24],
  [0xc0a80000, 16],
  [0xc6120000, 15],
  [0xc6336400, 24],
  [0xcb007100, 24],
  [0xe0000000, 3],
]
const isClosed = (value: number): boolean =>
  CLOSED.some(([network, bits]) => Math.floor(value / 2 ** (32 - bits)) === Math.floor(network / 2 ** (32 - bits)))
const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

/** Any address, half of them near the edges of the closed ranges. */
const anyV4 = fc.oneof(
  fc.nat(0xffffffff),
  fc
    .constantFrom(...CLOSED)
    .chain(([network, bits]) =>
      fc
        .constantFrom(network, network - 1, network + 2 ** (32 - bits) - 1, network + 2 ** (32 - bits))
        .filter((value) => value >= 0 && value <= 0xffffffff),
    ),
)

test('every IPv4 address is judged by its number, in whatever form a URL writes it', () => {
  fc.assert(
    fc.property(anyV4, (value) => {
      const [a, b, c, d] = dotted(value).split('.').map(Number) as [number, number, number, number]
      const octal = [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.')
      const hex = [a, b, c, d].map((part) => `0x${part.toString(16)}`).join('.')
      const forms = [dotted(value), String(value), `0x${value.toString(16)}`, octal, hex, `${a}.${value % 2 ** 24}`, `${dotted(value)}.`]
      for (const form of forms)
        expect({ form, open: isOpen(new URL(`https://${form}/`).hostname) }).toEqual({ form, open: !isClosed(value) })
    }),
    { numRuns: 2000 },
  )
})

test('no IPv6 form of an IPv4 address is open', () => {
  fc.assert(
    fc.property(anyV4, (value) => {
      const [high, low] = [(value >>> 16).toString(16), (value & 0xffff).toString(16)]
      for (const form of [
        `::ffff:${dotted(value)}`,
        `::ffff:${high}:${low}`,
        `::${dotted(value)}`,
        `64:ff9b::${dotted(value)}`,
        `2002:${high}:${low}::1`,
        `2001:0:${high}:${low}::1`,
        `::ffff:0:${dotted(value)}`,
      ]) {
        expect({ form, open: isOpen(new URL(`https://[${form}]/`).hostname.slice(1, -1)) }).toEqual({ form, open: false })
      }
    }),
    { numRuns: 1000 },
  )
})
