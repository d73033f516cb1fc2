import type { Quality } from './quality.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

/** One measure of a body over the years: where it stands at the end of the record, and how it got there. */
interface Course {
  readonly now: number
  /** Change a year: above 0 it rose towards the end. */
  readonly perYear: number
  /** Deviation from one reading to the next. */
  readonly noise: number
  readonly low: number
  readonly high: number
}

/** Courses that a chart's readings are taken from. Units: mm[Hg], %, mg/dL, mL/min/1.73 m2, mg/g, kg/m2, PHQ-9 points. */
export interface Physiology {
  readonly systolic: Course
  readonly diastolic: Course
  readonly a1c: Course
  readonly ldl: Course
  readonly egfr: Course
  readonly acr: Course
  readonly bmi: Course
  readonly mood: Course
}

/** Trends reach back this far; before it the course was level. */
const TREND_YEARS = 4

export function readingOn(random: Random, course: Course, person: Person, day: number): number {
  const back = Math.min(TREND_YEARS, (person.end - day) / 365)
  return Math.max(course.low, Math.min(course.high, random.normal(course.now - course.perYear * back, course.noise)))
}

/** Whether the person's last pressures are mostly under 140/90, given what this practice achieves. */
export function isControlled(person: Pick<Person, 'luck'>, quality: Quality): boolean {
  // Readings scatter and some are never taken: of the controlled about nine in ten end under the line, of the others one in fourteen.
  return person.luck.pressure < (quality.bloodPressure - 0.07) / 0.82
}

export const runsHigh = (person: Pick<Person, 'luck'>, quality: Quality): boolean => person.luck.sugar < quality.highSugar

export function drawPhysiology(random: Random, person: Person, quality: Quality): Physiology {
  const has = (key: Parameters<Person['illnesses']['onset']['has']>[0]) => person.illnesses.onset.has(key)
  const course = (now: number, step: number, noise: number, low: number, high: number): Course => {
    // Three in ten got better, two in ten worse, the rest stayed.
    const kind = random.unit()
    const perYear =
      kind < 0.3 ? -step * random.between(0.6, 1.6) : kind < 0.5 ? step * random.between(0.5, 1.3) : step * random.between(-0.2, 0.2)
    return { now, perYear, noise, low, high }
  }
  const hypertension = has('hypertension')
  const controlled = isControlled(person, quality)
  const systolic = !hypertension
    ? 104 + Math.min(22, person.age / 3.2) + random.normal(0, 6)
    : controlled
      ? random.normal(125, 4)
      : random.normal(150, 6)
  const diabetes = has('diabetes')
  const a1c = !diabetes ? random.normal(5.5, 0.25) : runsHigh(person, quality) ? random.between(9.8, 11.8) : random.between(6.1, 8.1)
  const stage3b = person.illnesses.concepts.get('kidney')?.includes('N18.32') ?? false
  const egfr = has('kidneyFailure')
    ? random.between(7, 13)
    : has('kidney')
      ? stage3b
        ? random.between(32, 43)
        : random.between(47, 57)
      : 108 - Math.max(0, person.age - 25) * 0.55
  return {
    systolic: course(systolic, hypertension ? 3.5 : 0.5, hypertension ? 5.5 : 5, 84, 212),
    diastolic: course(
      hypertension ? (controlled ? random.normal(76, 3) : random.normal(86, 6)) : 64 + Math.min(12, person.age / 5),
      1,
      4,
      48,
      118,
    ),
    a1c: course(a1c, diabetes ? 0.35 : 0.03, diabetes ? 0.25 : 0.1, 4.6, 14.5),
    ldl: course(has('lipids') || has('coronary') ? random.normal(92, 20) : random.normal(112, 22), has('lipids') ? 9 : 1.5, 9, 38, 240),
    egfr: course(egfr, has('kidney') ? -1.6 : -0.4, 3, has('kidneyFailure') ? 5 : 20, 125),
    acr: course(diabetes || has('kidney') ? Math.exp(random.normal(3.3, 1)) : Math.exp(random.normal(2, 0.5)), 4, 5, 3, 900),
    bmi: course(has('obesity') ? random.between(31, 42) : bmiOfAge(random, person.age), person.age < 18 ? 0.3 : 0.35, 0.35, 13, 58),
    mood: course(
      has('depression') ? random.between(2, 13) : random.between(0, 3),
      has('depression') ? 2.5 : 0,
      has('depression') ? 2.2 : 1.2,
      0,
      26,
    ),
  }
}

const bmiOfAge = (random: Random, age: number): number =>
  age < 18 ? 15.5 + age * 0.35 + random.normal(0, 1.2) : random.between(20.5, 29.6)

/** Height in cm: adults keep theirs, children grow towards it. */
export const heightAt = (person: Person, years: number): number =>
  years >= 17 ? person.height : person.height * Math.min(1, 0.29 + (years < 2 ? 0.11 * years : 0.22 + (years - 2) * 0.0335))
