import { generateRegion } from '@carecommons/demo'
import { demoTravel } from './demo-staff.ts'

const ways = (practices: number) => demoTravel(generateRegion({ practices, patients: practices, seed: 21, asOf: '2026-06-30' }))

test('six towns of a made-up region are a quarter of an hour apart', () => {
  expect(Math.min(...ways(6).map(({ minutes }) => minutes))).toBe(15)
})

test('a made-up region of sixty practices has no way that would take longer than is recorded', () => {
  const minutes = ways(60).map((way) => way.minutes)
  expect(minutes.length).toBeGreaterThan(1000)
  expect(Math.max(...minutes)).toBeLessThanOrEqual(300)
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(1)
})
