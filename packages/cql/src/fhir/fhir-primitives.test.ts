import fc from 'fast-check'
import { readDateTime as readByInterpreter } from '../interpreter/fhir-time.ts'
import { readDate, readDateTime, readTime } from './fhir-primitives.ts'

const two = (most: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'))
const day = fc
  .tuple(fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, date]) => `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`)
const zone = fc.oneof(
  fc.constantFrom('', 'Z'),
  fc.tuple(fc.constantFrom('+', '-'), two(13), two(59)).map(([sign, h, m]) => `${sign}${h}:${m}`),
)
const clock = fc.oneof(
  two(23),
  fc.tuple(two(23), two(59)).map(([h, m]) => `${h}:${m}`),
  fc.tuple(two(23), two(59), two(59), fc.constantFrom('', '.5', '.25', '.123', '.123456')).map(([h, m, s, f]) => `${h}:${m}:${s}${f}`),
)
const dateTime = fc.oneof(
  day,
  day.map((text) => text.slice(0, 7)),
  day.map((text) => text.slice(0, 4)),
  fc.tuple(day, clock, zone).map(([date, time, offset]) => `${date}T${time}${offset}`),
)

describe('times of a record', () => {
  it('are moved into the region as the interpreter moves them', () => {
    fc.assert(
      fc.property(dateTime, fc.integer({ min: -720, max: 840 }), (text, offset) => {
        const [ours, theirs] = [readDateTime(text, offset)!, readByInterpreter(text, offset)!]
        const fields = [ours.year, ours.month, ours.dayOfMonth, ours.hour, ours.minute, ours.second, ours.millisecond]
        expect(fields).toEqual([theirs.year, theirs.month, theirs.day, theirs.hour, theirs.minute, theirs.second, theirs.millisecond])
        expect(ours.offset).toBe(offset)
      }),
    )
  })

  it.each([
    '',
    'nonsense',
    '2026-02-30',
    '2026-05-05T10:00:00+99:99',
    '2026-05-05T10:00:00-14:01',
    '2026-05-05T10:00:00+05:60',
    '2026-13-01',
    '2026-1-1',
    '2026-01-01T',
    '2026-01-01T25:00:00Z',
    '2026-01-01T10:00:00.',
    '2026-01-01T10:00+5',
    '2026-01-01T10:00Zx',
  ])('%j is none', (text) => expect(readDateTime(text, 0)).toBeNull())

  it('reads dates and times of day', () => {
    expect([readDate('2026'), readDate('2026-05'), readDate('2026-05-04'), readDate('2026-05-04T10:00')].map(String)).toEqual([
      '2026',
      '2026-05',
      '2026-05-04',
      'null',
    ])
    expect([readTime('10:30'), readTime('10:30:15'), readTime('10:30:15.5'), readTime('24:00')].map(String)).toEqual([
      '10:30',
      '10:30:15',
      '10:30:15.500',
      'null',
    ])
  })
})
