import type { Problem } from '@carecommons/domain'

export const PATIENTS = 40_000
export const PRACTICES = 22
const STAFF: readonly string[] = [...Array<string>(9).fill('nurse'), 'social-worker', 'social-worker', 'pharmacist']
/** Minutes a month for a patient on the program by tier, two in five of whom are on it; after MiPCT's caseloads of 500 and 150. */
const MINUTES = { moderate: 13, complex: 44, social: 6, medicines: 4 }
const ENROLLED = 0.4
const WEEKS_A_MONTH = 52 / 12

/** A rural region of two states: as many practices, staff and patients as a coordinating body has, with hours that fall short. */
export function generatedRegion(seed: number): Problem {
  const unit = random(seed)
  const between = (low: number, high: number): number => low + unit() * (high - low)
  const spot = () => ({ x: between(0, 100), y: between(0, 70) })
  const way = (a: ReturnType<typeof spot>, b: ReturnType<typeof spot>): number => Math.round(2 * Math.hypot(a.x - b.x, a.y - b.y))

  const sizes = Array.from({ length: PRACTICES }, () => between(0.4, 1.8))
  const whole = sizes.reduce((sum, size) => sum + size, 0)
  const sites = sizes.map((size, at) => ({
    id: `practice-${at}`,
    state: at % 5 === 0 ? 'VT' : 'NY',
    patients: Math.round((PATIENTS * size) / whole),
    at: spot(),
  }))
  const practices = sites.map(({ id, state, patients }, at) => {
    const enrolled = patients * ENROLLED
    const weekly = (share: number, minutes: number): number => Math.round((enrolled * share * minutes) / WEEKS_A_MONTH)
    const managed = weekly(between(0.1, 0.16), MINUTES.moderate) + weekly(between(0.02, 0.05), MINUTES.complex)
    const inSpanish = at % 4 === 0 ? Math.round(managed * between(0.1, 0.3)) : 0
    return {
      ...{ id, state },
      needs: [
        { duty: 'care-management', language: null, minutes: managed - inSpanish },
        ...(inSpanish > 0 ? [{ duty: 'care-management', language: 'es', minutes: inSpanish }] : []),
        { duty: 'social-needs', language: null, minutes: weekly(0.15, MINUTES.social) },
        { duty: 'medication-review', language: null, minutes: weekly(0.15, MINUTES.medicines) },
      ],
    }
  })
  const staff = STAFF.map((discipline, at) => {
    const home = spot()
    const ways = sites.map((site) => [site.id, way(home, site.at)] as const)
    const nearest = ways.toSorted((a, b) => a[1] - b[1]).slice(0, 4)
    return {
      ...{ id: `person-${at}`, discipline },
      states: discipline !== 'nurse' || at % 3 === 0 ? ['NY', 'VT'] : ['NY'],
      languages: at % 3 === 1 ? ['es'] : [],
      availableMinutes: Math.round(between(1200, 1700)),
      travelAllowance: 360,
      travelMinutes: Object.fromEntries(ways),
      currentMinutes: Object.fromEntries(nearest.map(([id]) => [id, 60 * Math.round(between(3, 7))])),
    }
  })
  const by = (...disciplines: string[]) => disciplines.map((discipline) => ({ discipline, needsLicense: true }))
  return {
    ...{ practices, staff },
    rules: {
      ...{ stepMinutes: 60, minimumBlockMinutes: 240, maximumPractices: 6, levels: 20, pins: [], forbids: [] },
      scope: { 'care-management': by('nurse'), 'social-needs': by('social-worker', 'nurse'), 'medication-review': by('pharmacist') },
    },
  }
}

/** Numbers from 0 up to but not including 1 that a seed repeats (mulberry32, public domain, by Tommy Ettinger). */
function random(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
