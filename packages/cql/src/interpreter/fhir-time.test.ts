import fc from 'fast-check'
import { readDate, readDateTime, readTime } from './fhir-time.ts'

const shown = (text: string, offset: number): string | undefined => readDateTime(text, offset)?.toString()

describe('readDateTime', () => {
  it('moves a time into the offset of the region', () => {
    expect(shown('2027-01-01T03:30:00Z', -300)).toBe('2026-12-31T22:30:00-05:00')
    expect(shown('2026-12-31T23:30:00-08:00', -300)).toBe('2027-01-01T02:30:00-05:00')
    expect(shown('2026-02-28T23:30:00.5+00:00', 330)).toBe('2026-03-01T05:00:00.500+05:30')
  })

  it('leaves dates as they stand and times without a zone to the region', () => {
    expect(shown('2026-12-31', -300)).toBe('2026-12-31')
    expect(shown('2026-12', -300)).toBe('2026-12')
    expect(shown('2026', -300)).toBe('2026')
    expect(shown('2026-12-31T08:00:00', -300)).toBe('2026-12-31T08:00:00-05:00')
    expect(readDateTime('2026-12-31', -300)?.timezoneOffset).toBe(-5)
  })

  it('answers null for what is not a FHIR dateTime', () => {
    for (const text of ['', '26-1-1', '2026-1-1', 'yesterday', '2026-12-31 08:00', '12/31/2026']) expect(readDateTime(text, 0)).toBeNull()
  })

  it('keeps the instant, whatever the offsets', () => {
    const minutes = fc.integer({ min: -48, max: 56 }).map((quarters) => quarters * 15)
    const instants = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(instants, minutes, minutes, (instant, written, region) => {
        const read = readDateTime(write(instant, written), region)!
        const { year, month, day, hour, minute, second, millisecond } = read as unknown as Record<string, number>
        const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!, millisecond!)
        expect(local - region * 60_000).toBe(instant.getTime())
        expect(read.timezoneOffset).toBe(region / 60)
      }),
    )
  })
})

describe('readDate and readTime', () => {
  it('read what FHIR writes', () => {
    expect(readDate('1960-02-29')?.toString()).toBe('1960-02-29')
    expect(readDate('1960')?.toString()).toBe('1960')
    expect(readDate('1960-02-29T10:00:00Z')).toBeNull()
    expect(readTime('08:15:30')?.toString()).toBe('08:15:30')
  })
})

function write(instant: Date, offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? '-' : '+'
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60]
  const local = new Date(instant.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1)
  return `${local}${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}
