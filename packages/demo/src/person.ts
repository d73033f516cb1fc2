import { type CoverageSpan, drawCoverage } from './coverage.ts'
import { DAYS_PER_YEAR, type Days } from './days.ts'
import { demoSsn } from './identifiers.ts'
import { drawIllnesses, type Illnesses } from './illnesses.ts'
import { familyName, givenName, phoneNumber, streetLine } from './names.ts'
import type { Random } from './random.ts'

export type Race = 'white' | 'black' | 'asian' | 'native' | 'other'
export type Smoking = 'never' | 'former' | 'daily'

/** A human, the same in every practice that knows them. Days are day numbers. */
export interface Person {
  readonly sex: 'male' | 'female'
  readonly birth: number
  /** Completed years on the last day. */
  readonly age: number
  readonly death: number | null
  /** Last day on which anything can happen. */
  readonly end: number
  readonly given: string
  readonly middle: string
  readonly family: string
  readonly ssn: string
  readonly race: Race
  readonly hispanic: boolean
  readonly street: string
  readonly phone: string
  readonly illnesses: Illnesses
  readonly smoking: Smoking
  readonly coverage: readonly CoverageSpan[]
  /** How readily the person comes: 1 is usual. */
  readonly engagement: number
  /** Uniform draws that a practice's quality is held against, so that the same person does well or badly everywhere. */
  readonly luck: { readonly pressure: number; readonly sugar: number; readonly care: number; readonly mood: number }
  /** cm */
  readonly height: number
}

/** Ages of a primary-care panel: `[first, last, weight]`. */
const AGES: readonly (readonly [first: number, last: number, weight: number])[] = [
  [0, 4, 4.5],
  [5, 12, 7],
  [13, 17, 5],
  [18, 29, 11],
  [30, 44, 17],
  [45, 54, 14],
  [55, 64, 16],
  [65, 74, 15],
  [75, 84, 8],
  [85, 95, 2.5],
]
const MIDDLE_AGE = 45

/** Years of record kept. */
export const HISTORY_YEARS = 10

/** The record of somebody who died reaches back from the day of death. */
export const DEATHS_WITHIN_YEARS = 4

export function drawPerson(random: Random, days: Days, today: number, human: number, ageSkew: number): Person {
  const sex = random.chance(0.53) ? 'female' : 'male'
  const [first, last] =
    AGES[random.weighted(AGES.map(([from, to, weight]) => weight * Math.exp((ageSkew * ((from + to) / 2 - MIDDLE_AGE)) / 25)))]!
  const age = random.whole(first, last)
  const birth = today - Math.floor((age + random.unit()) * DAYS_PER_YEAR) - 14
  const death = random.chance(deathRate(age)) ? today - random.whole(3, DEATHS_WITHIN_YEARS * 365) : null
  const alive = death === null || death <= birth + 365 ? null : death
  const end = alive ?? today
  const sugar = random.unit()
  const illnesses = drawIllnesses(random, { age, sex, birth, today: end, runsHigh: sugar < 0.12 })
  const luck = { pressure: random.unit(), sugar, care: random.unit(), mood: random.unit() }
  return {
    sex,
    birth,
    age,
    death: alive,
    end,
    given: givenName(random, sex),
    middle: givenName(random, sex),
    family: familyName(random),
    ssn: demoSsn(human),
    race: (['white', 'black', 'asian', 'native', 'other'] as const)[random.weighted([82, 8, 4, 1, 5])]!,
    hispanic: random.chance(0.08),
    street: streetLine(random),
    phone: phoneNumber(random),
    illnesses,
    smoking: illnesses.onset.has('tobacco') ? 'daily' : age > 25 && random.chance(0.25) ? 'former' : 'never',
    coverage: drawCoverage(random, days, birth, Math.max(birth, end - HISTORY_YEARS * 365), alive, today),
    engagement: Math.max(0.25, random.normal(1, 0.35)),
    luck,
    height: sex === 'female' ? random.normal(162, 7) : random.normal(176, 7.5),
  }
}

/** Chance to have died within those years. */
const deathRate = (age: number): number => (age < 45 ? 0.003 : age < 65 ? 0.016 : age < 75 ? 0.05 : age < 85 ? 0.11 : 0.2)
