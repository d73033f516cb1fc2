import { concept } from './codes.ts'
import { type Illness, ILLNESSES, type IllnessKey } from './illness-table.ts'
import type { Random } from './random.ts'

const KEYS = Object.keys(ILLNESSES) as IllnessKey[]

/** Ages that the rates of the table stand for: 5, 15, 25 to 95. */
const FIRST_AGE = 5
const AGE_STEP = 10

/** Concept text of every form, made once. */
const CONCEPTS = Object.fromEntries(KEYS.map((key) => [key, ILLNESSES[key].forms.map((form) => concept(form))])) as Record<
  IllnessKey,
  string[]
>

/** Diabetes is coded by what it has led to. */
const DIABETES_KIDNEY = concept([['icd10', 'E11.22', 'Type 2 diabetes mellitus with diabetic chronic kidney disease']])
const DIABETES_HIGH = concept([['icd10', 'E11.65', 'Type 2 diabetes mellitus with hyperglycemia']])

/** What a person has. */
export interface Illnesses {
  /** Day it began, by illness. */
  readonly onset: ReadonlyMap<IllnessKey, number>
  /** Code text, by illness. */
  readonly concepts: ReadonlyMap<IllnessKey, string>
  /** How many of those that count for care management. */
  readonly chronicCount: number
  readonly burden: number
}

/** Draws what a person of an age has on a day, and since when. Years of illness end at birth at the latest. */
export function drawIllnesses(
  random: Random,
  person: { age: number; sex: 'male' | 'female'; birth: number; today: number; runsHigh: boolean },
): Illnesses {
  const onset = new Map<IllnessKey, number>()
  const concepts = new Map<IllnessKey, string>()
  let chronicCount = 0
  let burden = 0
  for (const key of KEYS) {
    const illness = ILLNESSES[key]
    let rate = rateAt(illness, person.age)
    if (person.sex === 'female' && illness.female !== undefined) rate *= illness.female
    for (const other in illness.boosts) if (onset.has(other as IllnessKey)) rate *= illness.boosts[other]!
    if (!random.chance(Math.min(rate, 0.93))) continue
    const longest = Math.min(illness.years, Math.max(0.3, person.age - illness.from))
    onset.set(key, Math.max(person.birth + 30, Math.round(person.today - 365 * random.between(0.15, longest))))
    concepts.set(key, random.pick(CONCEPTS[key]))
    if (illness.chronic) chronicCount++
    burden += illness.burden
  }
  if (onset.has('diabetes')) {
    if (onset.has('kidney') && random.chance(0.6)) concepts.set('diabetes', DIABETES_KIDNEY)
    else if (person.runsHigh) concepts.set('diabetes', DIABETES_HIGH)
  }
  return { onset, concepts, chronicCount, burden }
}

function rateAt({ from, byAge }: Illness, age: number): number {
  if (age < from) return 0
  const position = Math.max(0, Math.min(byAge.length - 1, (age - FIRST_AGE) / AGE_STEP))
  const below = Math.floor(position)
  const low = byAge[below]!
  return low + (position - below) * ((byAge[below + 1] ?? low) - low)
}
