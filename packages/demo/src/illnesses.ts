import { type Code, concept } from './codes.ts'
import type { Random } from './random.ts'

/**
 * The long-lasting illnesses of a primary-care panel. Rates are the share of people of an age who have it before the
 * boosts of what they already have; order matters, since a boost looks at what was drawn earlier. The shape follows what
 * US health surveys show (more with age, diabetes with obesity, kidney disease with both diabetes and pressure), rounded.
 */
export type IllnessKey = keyof typeof TABLE

interface Illness {
  /** One of these is drawn; ICD-10-CM first, SNOMED CT beside it where the two mean the same. */
  readonly forms: readonly (readonly Code[])[]
  /** `[age, rate]`, straight between the points, flat outside. */
  readonly byAge: readonly (readonly [age: number, rate: number])[]
  readonly boosts?: Readonly<Record<string, number>>
  /** How much more (or less) often in women. */
  readonly female?: number
  /** Longest time since it began, in years. */
  readonly years: number
  /** How much it adds to the need for visits. */
  readonly burden: number
  /** Counts when care managers look for people with several long-term conditions. */
  readonly chronic?: true
}

const icd = (code: string, display: string): Code => ['icd10', code, display]
const sct = (code: string, display: string): Code => ['snomed', code, display]

const TABLE = {
  tobacco: {
    forms: [[icd('F17.210', 'Nicotine dependence, cigarettes, uncomplicated')]],
    byAge: [
      [16, 0],
      [20, 0.1],
      [45, 0.17],
      [65, 0.12],
      [80, 0.05],
    ],
    years: 20,
    burden: 0.1,
  },
  obesity: {
    forms: [[icd('E66.9', 'Obesity, unspecified'), sct('414916001', 'Obesity')]],
    byAge: [
      [4, 0.05],
      [18, 0.18],
      [40, 0.38],
      [60, 0.4],
      [80, 0.22],
    ],
    years: 12,
    burden: 0.1,
  },
  bipolar: {
    forms: [[icd('F31.9', 'Bipolar disorder, unspecified')]],
    byAge: [
      [15, 0],
      [25, 0.013],
      [60, 0.01],
      [80, 0.004],
    ],
    years: 15,
    burden: 0.8,
  },
  diabetes: {
    forms: [[icd('E11.9', 'Type 2 diabetes mellitus without complications'), sct('44054006', 'Diabetes mellitus type 2')]],
    byAge: [
      [18, 0],
      [30, 0.018],
      [45, 0.08],
      [60, 0.15],
      [72, 0.2],
      [85, 0.18],
    ],
    boosts: { obesity: 2.4 },
    female: 0.9,
    years: 14,
    burden: 1,
    chronic: true,
  },
  hypertension: {
    forms: [[icd('I10', 'Essential (primary) hypertension'), sct('38341003', 'Hypertensive disorder')]],
    byAge: [
      [18, 0],
      [30, 0.06],
      [45, 0.2],
      [60, 0.4],
      [75, 0.55],
      [90, 0.6],
    ],
    boosts: { obesity: 1.45, diabetes: 1.5 },
    years: 16,
    burden: 0.6,
    chronic: true,
  },
  lipids: {
    forms: [[icd('E78.5', 'Hyperlipidemia, unspecified'), sct('55822004', 'Hyperlipidemia')]],
    byAge: [
      [20, 0.01],
      [35, 0.1],
      [50, 0.27],
      [65, 0.42],
      [85, 0.4],
    ],
    boosts: { diabetes: 1.6, hypertension: 1.2 },
    years: 14,
    burden: 0.2,
  },
  coronary: {
    forms: [
      [
        icd('I25.10', 'Atherosclerotic heart disease of native coronary artery without angina pectoris'),
        sct('53741008', 'Coronary arteriosclerosis'),
      ],
    ],
    byAge: [
      [38, 0],
      [50, 0.018],
      [65, 0.06],
      [80, 0.13],
      [92, 0.16],
    ],
    boosts: { tobacco: 1.8, diabetes: 1.7, hypertension: 1.4 },
    female: 0.65,
    years: 12,
    burden: 0.8,
    chronic: true,
  },
  kidney: {
    forms: [
      [icd('N18.31', 'Chronic kidney disease, stage 3a')],
      [icd('N18.31', 'Chronic kidney disease, stage 3a')],
      [icd('N18.32', 'Chronic kidney disease, stage 3b')],
    ],
    byAge: [
      [35, 0],
      [50, 0.018],
      [65, 0.07],
      [80, 0.17],
      [92, 0.24],
    ],
    boosts: { diabetes: 2.1, hypertension: 1.4 },
    years: 8,
    burden: 0.6,
    chronic: true,
  },
  kidneyFailure: {
    forms: [[icd('N18.6', 'End stage renal disease'), sct('46177005', 'End-stage renal disease')]],
    byAge: [
      [40, 0],
      [60, 0.0012],
      [80, 0.002],
    ],
    boosts: { diabetes: 4 },
    years: 5,
    burden: 2,
    chronic: true,
  },
  heartFailure: {
    forms: [[icd('I50.9', 'Heart failure, unspecified'), sct('84114007', 'Heart failure')]],
    byAge: [
      [45, 0],
      [60, 0.012],
      [75, 0.04],
      [90, 0.09],
    ],
    boosts: { coronary: 3, hypertension: 1.3, kidney: 1.4 },
    years: 8,
    burden: 1.5,
    chronic: true,
  },
  atrialFibrillation: {
    forms: [[icd('I48.91', 'Unspecified atrial fibrillation'), sct('49436004', 'Atrial fibrillation')]],
    byAge: [
      [50, 0],
      [65, 0.035],
      [80, 0.1],
      [92, 0.14],
    ],
    boosts: { heartFailure: 2.2 },
    years: 9,
    burden: 0.7,
    chronic: true,
  },
  asthma: {
    forms: [[icd('J45.909', 'Unspecified asthma, uncomplicated'), sct('195967001', 'Asthma')]],
    byAge: [
      [2, 0],
      [6, 0.08],
      [15, 0.1],
      [40, 0.08],
      [80, 0.06],
    ],
    female: 1.15,
    years: 20,
    burden: 0.4,
    chronic: true,
  },
  copd: {
    forms: [[icd('J44.9', 'Chronic obstructive pulmonary disease, unspecified'), sct('13645005', 'Chronic obstructive lung disease')]],
    byAge: [
      [40, 0],
      [55, 0.03],
      [70, 0.07],
      [85, 0.08],
    ],
    boosts: { tobacco: 3.5, asthma: 1.5 },
    years: 10,
    burden: 0.9,
    chronic: true,
  },
  depression: {
    forms: [
      [icd('F32.A', 'Depression, unspecified'), sct('35489007', 'Depressive disorder')],
      [icd('F32.A', 'Depression, unspecified'), sct('35489007', 'Depressive disorder')],
      [icd('F33.1', 'Major depressive disorder, recurrent, moderate')],
    ],
    byAge: [
      [11, 0],
      [15, 0.07],
      [25, 0.11],
      [50, 0.11],
      [70, 0.08],
      [90, 0.07],
    ],
    boosts: { diabetes: 1.3, heartFailure: 1.5, copd: 1.5, tobacco: 1.5, bipolar: 0 },
    female: 1.5,
    years: 9,
    burden: 0.7,
    chronic: true,
  },
  anxiety: {
    forms: [
      [icd('F41.1', 'Generalized anxiety disorder'), sct('21897009', 'Generalized anxiety disorder')],
      [icd('F41.9', 'Anxiety disorder, unspecified')],
    ],
    byAge: [
      [9, 0],
      [15, 0.07],
      [30, 0.1],
      [60, 0.07],
      [85, 0.05],
    ],
    boosts: { depression: 3 },
    female: 1.4,
    years: 8,
    burden: 0.4,
  },
  kneeArthritis: {
    forms: [[icd('M17.9', 'Osteoarthritis of knee, unspecified'), sct('239873007', 'Osteoarthritis of knee')]],
    byAge: [
      [40, 0],
      [55, 0.07],
      [70, 0.15],
      [85, 0.2],
    ],
    boosts: { obesity: 1.7 },
    female: 1.2,
    years: 12,
    burden: 0.4,
    chronic: true,
  },
  arthritis: {
    forms: [[icd('M19.90', 'Unspecified osteoarthritis, unspecified site'), sct('396275006', 'Osteoarthritis')]],
    byAge: [
      [40, 0],
      [55, 0.06],
      [70, 0.13],
      [85, 0.2],
    ],
    female: 1.2,
    years: 12,
    burden: 0.3,
    chronic: true,
  },
  hypothyroidism: {
    forms: [[icd('E03.9', 'Hypothyroidism, unspecified'), sct('40930008', 'Hypothyroidism')]],
    byAge: [
      [20, 0.005],
      [45, 0.03],
      [65, 0.06],
      [85, 0.08],
    ],
    female: 2.2,
    years: 15,
    burden: 0.2,
  },
  reflux: {
    forms: [[icd('K21.9', 'Gastro-esophageal reflux disease without esophagitis'), sct('235595009', 'Gastroesophageal reflux disease')]],
    byAge: [
      [15, 0.01],
      [40, 0.1],
      [65, 0.17],
      [85, 0.18],
    ],
    boosts: { obesity: 1.4 },
    years: 10,
    burden: 0.2,
  },
  migraine: {
    forms: [[icd('G43.909', 'Migraine, unspecified, not intractable, without status migrainosus'), sct('37796009', 'Migraine')]],
    byAge: [
      [10, 0.01],
      [25, 0.06],
      [45, 0.07],
      [70, 0.02],
    ],
    female: 1.8,
    years: 15,
    burden: 0.2,
  },
  rhinitis: {
    forms: [[icd('J30.9', 'Allergic rhinitis, unspecified'), sct('61582004', 'Allergic rhinitis')]],
    byAge: [
      [3, 0.02],
      [10, 0.1],
      [40, 0.1],
      [80, 0.06],
    ],
    boosts: { asthma: 2.5 },
    years: 15,
    burden: 0.1,
  },
  sleepApnea: {
    forms: [[icd('G47.33', 'Obstructive sleep apnea (adult) (pediatric)'), sct('78275009', 'Obstructive sleep apnea syndrome')]],
    byAge: [
      [25, 0.004],
      [45, 0.04],
      [65, 0.07],
      [85, 0.05],
    ],
    boosts: { obesity: 2.6 },
    female: 0.6,
    years: 8,
    burden: 0.2,
  },
  prostate: {
    forms: [[icd('N40.0', 'Benign prostatic hyperplasia without lower urinary tract symptoms')]],
    byAge: [
      [48, 0],
      [60, 0.1],
      [75, 0.25],
      [90, 0.3],
    ],
    female: 0,
    years: 10,
    burden: 0.2,
  },
  osteoporosis: {
    forms: [[icd('M81.0', 'Age-related osteoporosis without current pathological fracture'), sct('64859006', 'Osteoporosis')]],
    byAge: [
      [50, 0],
      [65, 0.06],
      [80, 0.15],
      [92, 0.2],
    ],
    female: 1.7,
    years: 8,
    burden: 0.2,
  },
  gout: {
    forms: [[icd('M10.9', 'Gout, unspecified'), sct('90560007', 'Gout')]],
    byAge: [
      [35, 0],
      [55, 0.03],
      [75, 0.06],
    ],
    boosts: { kidney: 1.8, hypertension: 1.3 },
    female: 0.45,
    years: 10,
    burden: 0.2,
  },
  dementia: {
    forms: [
      [
        icd(
          'F03.90',
          'Unspecified dementia, unspecified severity, without behavioral disturbance, psychotic disturbance, mood disturbance, and anxiety',
        ),
        sct('52448006', 'Dementia'),
      ],
    ],
    byAge: [
      [65, 0],
      [75, 0.03],
      [85, 0.12],
      [95, 0.25],
    ],
    years: 5,
    burden: 1,
  },
} as const satisfies Record<string, Illness>

export const ILLNESSES: Readonly<Record<IllnessKey, Illness>> = TABLE
const KEYS = Object.keys(TABLE) as IllnessKey[]

/** Concept text of every form, made once. */
const CONCEPTS = Object.fromEntries(KEYS.map((key) => [key, ILLNESSES[key].forms.map((form) => concept(form))])) as Record<
  IllnessKey,
  string[]
>

/** Diabetes is coded by what it has led to. */
const DIABETES_KIDNEY = concept([icd('E11.22', 'Type 2 diabetes mellitus with diabetic chronic kidney disease')])
const DIABETES_HIGH = concept([icd('E11.65', 'Type 2 diabetes mellitus with hyperglycemia')])

/** An illness that a person has. */
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
    let rate = rateAt(illness.byAge, person.age)
    if (person.sex === 'female' && illness.female !== undefined) rate *= illness.female
    for (const other in illness.boosts) if (onset.has(other as IllnessKey)) rate *= illness.boosts[other]!
    if (!random.chance(Math.min(rate, 0.93))) continue
    const longest = Math.min(illness.years, Math.max(0.3, person.age - illness.byAge[0]![0]))
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

function rateAt(points: Illness['byAge'], age: number): number {
  let [fromAge, fromRate] = points[0]!
  if (age <= fromAge) return fromRate
  for (const [toAge, toRate] of points) {
    if (age <= toAge) return fromRate + ((toRate - fromRate) * (age - fromAge)) / (toAge - fromAge || 1)
    fromAge = toAge
    fromRate = toRate
  }
  return fromRate
}
