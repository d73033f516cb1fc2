import { addDays, addMonths, ageOn, dayIn, daysBetween, isDay } from './calendar.ts'

test('a day that no calendar has is not a day', () => {
  expect(isDay('2020-02-29')).toBe(true)
  for (const text of ['2021-02-29', '2021-13-01', '2021-00-10', '2021-4-1', '2021-04-31', '']) expect(isDay(text)).toBe(false)
})

test('days are added and counted across daylight saving and leap days', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  expect(addDays('2026-03-07', 2)).toBe('2026-03-09')
  expect(daysBetween('2023-12-31', '2024-12-31')).toBe(366)
})

test('age is completed years; a leap-day birthday is reached on 1 March', () => {
  expect(ageOn('1950-06-15', '2026-06-14')).toBe(75)
  expect(ageOn('1950-06-15', '2026-06-15')).toBe(76)
  expect(ageOn('2004-02-29', '2025-02-28')).toBe(20)
  expect(ageOn('2004-02-29', '2025-03-01')).toBe(21)
})

test('the day of an instant is the day on the wall where the practice is', () => {
  expect(dayIn('America/New_York', new Date('2026-01-01T03:00:00Z'))).toBe('2025-12-31')
  for (const zone of ['America/New_York', 'America/St_Johns', 'UTC', 'America/New_York']) {
    const midnight = Date.parse('2026-06-15T00:00:00Z') + { 'America/New_York': 240, 'America/St_Johns': 150, UTC: 0 }[zone]! * 60_000
    expect([midnight - 1, midnight, midnight + 59_999, midnight - 1].map((at) => dayIn(zone, new Date(at)))).toEqual([
      '2026-06-14',
      '2026-06-15',
      '2026-06-15',
      '2026-06-14',
    ])
  }
})

test('months keep the day, as far as a month has it', () => {
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
  expect(addMonths('2026-01-15', -12)).toBe('2025-01-15')
  expect(addMonths('2025-12-31', 2)).toBe('2026-02-28')
})
