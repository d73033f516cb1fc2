import fc from 'fast-check'
import { FIRST_DAY, LAST_DAY, epochDay, packedDate } from './civil.ts'

describe('days of the calendar', () => {
  it('are those of the platform, from year 1 to 9999', () =>
    fc.assert(
      fc.property(fc.integer({ min: FIRST_DAY, max: LAST_DAY }), (day) => {
        const date = new Date(day * 86_400_000)
        const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
        expect(packedDate(day)).toBe(year * 10_000 + month * 100 + dayOfMonth)
        expect(epochDay(year, month, dayOfMonth)).toBe(day)
      }),
      { numRuns: 5000 },
    ))
})
