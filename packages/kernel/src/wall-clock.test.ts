import { atWall, onWall } from './wall-clock.ts'

const iso = (at: Date | null) => at?.toISOString() ?? null

test('a moment on the wall, across midnight, daylight saving and time zones', () => {
  expect(iso(atWall('America/New_York', '2026-03-07', 1440))).toBe('2026-03-08T05:00:00.000Z')
  // Clocks go from 02:00 to 03:00 on 8 March 2026, and from 02:00 back to 01:00 on 1 November.
  expect(iso(atWall('America/New_York', '2026-03-08', 119))).toBe('2026-03-08T06:59:00.000Z')
  expect(iso(atWall('America/New_York', '2026-03-08', 150))).toBeNull()
  expect(iso(atWall('America/New_York', '2026-03-08', 180))).toBe('2026-03-08T07:00:00.000Z')
  expect(iso(atWall('America/New_York', '2026-11-01', 90))).toBe('2026-11-01T05:30:00.000Z')
  expect(iso(atWall('America/New_York', '2026-11-01', 120))).toBe('2026-11-01T07:00:00.000Z')
  expect(iso(atWall('America/St_Johns', '2026-06-15', 0))).toBe('2026-06-15T02:30:00.000Z')
  expect(iso(atWall('America/Phoenix', '2026-07-01', 480))).toBe('2026-07-01T15:00:00.000Z')
  // Where midnight itself is left out: Cairo, 24 April 2026.
  expect(iso(atWall('Africa/Cairo', '2026-04-24', 0))).toBeNull()
})

test('what clocks show at a moment leads back to it, or to the first time they showed it', () => {
  for (const zone of ['America/New_York', 'America/St_Johns', 'America/Phoenix', 'Pacific/Auckland', 'UTC'])
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 47 * 60_000) {
      const shown = onWall(zone, new Date(at))
      const back = atWall(zone, shown.day, shown.minutes)!
      expect(onWall(zone, back)).toEqual(shown)
      expect([0, 60 * 60_000]).toContain(at - back.getTime())
    }
})
