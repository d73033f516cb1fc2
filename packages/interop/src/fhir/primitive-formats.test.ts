import fc from 'fast-check'
import { formatFault } from './primitive-formats.ts'
import { KIND, type Kind } from './shape.ts'

const isFine = (kind: Kind, text: string): boolean => formatFault(kind, Buffer.from(`"${text}"`), 1, Buffer.byteLength(text) + 1) === null
const two = (number: number): string => String(number).padStart(2, '0')

test('the calendar is the one of Date', () => {
  const parts = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 33 }))
  fc.assert(
    fc.property(parts, ([year, month, day]) => {
      const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
      const date = new Date(`${text}T00:00:00Z`)
      const isReal = year > 0 && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
      expect(isFine(KIND.date, text)).toBe(isReal)
      expect(isFine(KIND.instant, `${text}T10:00:00Z`)).toBe(isReal)
    }),
    { numRuns: 2_000 },
  )
})

// The regular expressions of https://hl7.org/fhir/R4/datatypes.html, with the years it excludes in words.
const DATE_TIME =
  /^([0-9]{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?$/
const CODE = /^[^\s]+(\s[^\s]+)*$/
const ID = /^[A-Za-z0-9\-.]{1,64}$/

test('what the published expressions refuse is refused', () => {
  const near = fc
    .tuple(
      fc.constantFrom('2020-02-28T23:59:60.5-14:00', '2020-02-28T23:59:59Z', '2020-02-28', '2020-02', '2020'),
      fc.nat(30),
      fc.constantFrom('', ...'0123456789-+:.TZ '),
    )
    .map(([text, at, sign]) => text.slice(0, at) + sign + text.slice(at + 1))
  fc.assert(
    fc.property(near, (text) => DATE_TIME.test(text) || !isFine(KIND.dateTime, text)),
    { numRuns: 2_000 },
  )
})

test('codes and ids are the published expressions', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'Z', '9', '-', '.', ' ', '\t', '_', 'é'), minLength: 1, maxLength: 70 })
  fc.assert(
    fc.property(text, (value) => {
      expect(isFine(KIND.code, value)).toBe(CODE.test(value))
      expect(isFine(KIND.id, value)).toBe(ID.test(value))
    }),
    { numRuns: 2_000 },
  )
})

test.each<[Kind, string, boolean]>([
  [KIND.time, '23:59:59.5', true],
  [KIND.time, '24:00:00', false],
  [KIND.time, '10:00', false],
  [KIND.base64Binary, 'QUJD', true],
  [KIND.base64Binary, 'QUI=', true],
  [KIND.base64Binary, 'QU=I', false],
  [KIND.base64Binary, 'QUJ', false],
  [KIND.uri, 'urn:oid:1.2.3', true],
  [KIND.uri, 'http://a b', false],
  [KIND.instant, '2020-01-01T00:00:00+14:30', false],
])('%#: %s %s', (kind, text, expected) => {
  expect(isFine(kind, text)).toBe(expected)
})
