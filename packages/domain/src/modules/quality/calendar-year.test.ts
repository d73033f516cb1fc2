import { isCalendarYear } from './calendar-year.ts'

test('a calendar year is one', () => {
  expect(isCalendarYear({ start: '2024-01-01', end: '2024-12-31' })).toBe(true)
})

test.each([
  ['2024-01-01', '2024-12-30'],
  ['2024-01-02', '2024-12-31'],
  ['2023-01-01', '2024-12-31'],
  ['2024-12-31', '2024-01-01'],
  ['0000-01-01', '0000-12-31'],
] as const)('%s to %s is none', (start, end) => {
  expect(isCalendarYear({ start, end })).toBe(false)
})
