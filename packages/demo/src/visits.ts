import type { Days } from './days.ts'
import { HISTORY_YEARS, type Person } from './person.ts'
import type { Random } from './random.ts'

export type VisitKind = 'checkup' | 'followup' | 'acute' | 'video' | 'emergency' | 'inpatient'

/** A day on which the person meets the health system. */
export interface Visit {
  readonly kind: VisitKind
  readonly day: number
  /** Minutes after midnight. */
  readonly minute: number
  /** Minutes, or nights of an inpatient stay. */
  readonly length: number
}

const YEAR = 365

/** Telephone and video visits: hardly any before spring 2020, then many, then a steady share. */
const videoShare = (year: number): number => (year < 2020 ? 0.01 : year < 2022 ? 0.3 : 0.14)

/**
 * All visits of a person to one practice, in order of time. The last two years are whole; before that follow-up visits
 * thin out with each year, most for those who come often, as records of earlier systems were carried over in part.
 */
export function planVisits(random: Random, days: Days, person: Person, start: number, pace: number): Visit[] {
  const visits: Visit[] = []
  // Some drifted away: nothing in the last year or two, which is what outreach lists are for.
  const end = random.chance(0.1) ? person.end - random.whole(300, 800) : person.end
  const engagement = person.engagement * pace
  const { burden } = person.illnesses
  const add = (kind: VisitKind, day: number) => {
    const visit = placeVisit(random, days, kind, day)
    if (visit.day >= start && visit.day + (kind === 'inpatient' ? visit.length : 0) <= end) visits.push(visit)
  }
  const season = random.whole(0, YEAR - 1)
  for (let back = 0; back < HISTORY_YEARS; back++) {
    const from = person.end - (back + 1) * YEAR
    if (from + YEAR <= start) break
    const age = (from + YEAR / 2 - person.birth) / 365.25
    const within = () => from + random.whole(1, YEAR)
    const old = back < 2 ? 1 : back < 4 ? 0.6 : 0.4

    for (const due of checkupsDue(random, age, engagement))
      add('checkup', due === null ? from + 1 + ((season + random.whole(0, 70)) % YEAR) : person.birth + due)
    const followups = random.poisson(Math.min(followupRate(age, burden) * engagement, 6) * old)
    const phase = random.unit()
    for (let i = 0; i < followups; i++) {
      const day = from + Math.ceil(((i + phase) / followups + random.between(-0.12, 0.12)) * YEAR)
      add(random.chance(videoShare(days.year(day))) ? 'video' : 'followup', day)
    }
    for (let i = random.poisson(acuteRate(age) * Math.min(engagement, 1.4) * (back < 2 ? 1 : 0.65)); i > 0; i--) {
      const day = within()
      add(random.chance(videoShare(days.year(day))) ? 'video' : 'acute', day)
    }
    for (let i = random.poisson((0.1 + 0.06 * burden) * old); i > 0; i--) add('emergency', within())
    for (let i = random.poisson((age > 40 ? 0.02 + 0.065 * burden : 0.012) * old); i > 0; i--) add('inpatient', within())
  }
  return visits.sort((a, b) => a.day - b.day || a.minute - b.minute)
}

/** Well-child visits at fixed ages (days after birth); for others one a year or none (`null`: any day of the year). */
function checkupsDue(random: Random, age: number, engagement: number): (number | null)[] {
  if (age < 2) {
    const early = age < 1 ? [14, 61, 122, 183, 274] : [366, 458, 549]
    return early.filter(() => random.chance(0.92))
  }
  const chance = age < 18 ? 0.82 : age < 40 ? 0.72 : age < 65 ? 0.82 : 0.9
  return random.chance(Math.min(0.97, chance * Math.sqrt(engagement))) ? [null] : []
}

const followupRate = (age: number, burden: number): number => (age < 18 ? 0.15 : 0.35) + (burden > 0 ? 0.35 + 0.75 * burden : 0)

const acuteRate = (age: number): number => (age < 2 ? 2.6 : age < 12 ? 1.6 : age < 18 ? 0.9 : age < 65 ? 1 : 0.8)

/** Office visits fall on open days between 8:00 and 17:00; emergencies on any day. */
function placeVisit(random: Random, days: Days, kind: VisitKind, wanted: number): Visit {
  if (kind === 'emergency') return { kind, day: wanted, minute: random.whole(6 * 60, 20 * 60), length: random.whole(70, 220) }
  if (kind === 'inpatient') return { kind, day: wanted, minute: random.whole(7 * 60, 20 * 60), length: 1 + random.poisson(3.2) }
  let day = wanted
  while (!days.isOpen(day)) day--
  const minute = 8 * 60 + 15 * random.whole(0, 35)
  return { kind, day, minute, length: kind === 'checkup' ? 40 : kind === 'video' ? 15 : 20 }
}
