import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { concept } from './codes.ts'
import type { IllnessKey } from './illness-table.ts'
import type { Quality } from './quality.ts'
import { writeStatinIntolerance } from './statin-intolerance.ts'

/** A medicine by RxNorm: of an exact strength where we are sure of the concept, else by ingredient. */
export interface Medicine {
  readonly concept: string
  readonly dosage: string
}

const medicine = (rxcui: string, display: string, dosage: string): Medicine => ({ concept: concept([['rxnorm', rxcui, display]]), dosage })

const METFORMIN = medicine(
  '860975',
  '24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet',
  'Take 2 tablets once a day with the evening meal',
)
export const ASPIRIN = medicine('243670', 'aspirin 81 MG Oral Tablet', 'Take 1 tablet once a day')
export const NAPROXEN = medicine('198014', 'naproxen 500 MG Oral Tablet', 'Take 1 tablet twice a day with food as needed')
const ATORVASTATIN = medicine('617310', 'atorvastatin 20 MG Oral Tablet', 'Take 1 tablet once a day')
export const NICOTINE = medicine('198031', 'nicotine transdermal patch, 24 hours', 'Apply 1 patch a day')
const ALBUTEROL = medicine(
  '745679',
  '200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler',
  'Inhale 2 puffs every 4 to 6 hours as needed',
)
const SERTRALINE = medicine('312941', 'sertraline 50 MG Oral Tablet', 'Take 1 tablet once a day')
const ESCITALOPRAM = medicine('321988', 'escitalopram', 'Take 10 mg once a day')

export const AMOXICILLIN = medicine('723', 'amoxicillin', 'Take as directed for 10 days')
export const AZITHROMYCIN = medicine('18631', 'azithromycin', 'Take 500 mg on the first day, then 250 mg once a day for 4 days')
export const NITROFURANTOIN = medicine('7454', 'nitrofurantoin', 'Take 100 mg twice a day for 5 days')
export const IBUPROFEN = medicine('5640', 'ibuprofen', 'Take 400 mg every 6 hours as needed with food')

/** For each illness, lines of treatment: each line gives at most one medicine, by chance. */
const TREATMENTS: Readonly<Partial<Record<IllnessKey, readonly (readonly (readonly [Medicine, number])[])[]>>> = {
  diabetes: [
    [[METFORMIN, 0.8]],
    [
      [medicine('1545653', 'empagliflozin', 'Take 10 mg once a day in the morning'), 0.18],
      [medicine('1991302', 'semaglutide', 'Inject 0.5 mg under the skin once a week'), 0.14],
      [medicine('274783', 'insulin glargine', 'Inject 20 units under the skin at bedtime'), 0.16],
    ],
  ],
  hypertension: [
    [
      [medicine('314076', 'lisinopril 10 MG Oral Tablet', 'Take 1 tablet once a day'), 0.5],
      [medicine('52175', 'losartan', 'Take 50 mg once a day'), 0.25],
    ],
    [
      [medicine('197361', 'amlodipine 5 MG Oral Tablet', 'Take 1 tablet once a day'), 0.35],
      [medicine('310798', 'hydrochlorothiazide 25 MG Oral Tablet', 'Take 1 tablet once a day in the morning'), 0.2],
    ],
  ],
  coronary: [[[ASPIRIN, 0.75]], [[medicine('6918', 'metoprolol', 'Take 50 mg once a day'), 0.55]]],
  heartFailure: [
    [[medicine('4603', 'furosemide', 'Take 40 mg once a day in the morning'), 0.75]],
    [[medicine('20352', 'carvedilol', 'Take 6.25 mg twice a day with food'), 0.5]],
  ],
  atrialFibrillation: [[[medicine('1364430', 'apixaban', 'Take 5 mg twice a day'), 0.75]]],
  asthma: [[[ALBUTEROL, 0.85]], [[medicine('41126', 'fluticasone', 'Inhale 2 puffs twice a day'), 0.4]]],
  copd: [[[medicine('69120', 'tiotropium', 'Inhale once a day'), 0.65]], [[ALBUTEROL, 0.6]]],
  depression: [
    [
      [SERTRALINE, 0.4],
      [ESCITALOPRAM, 0.2],
      [medicine('42347', 'bupropion', 'Take 150 mg once a day in the morning'), 0.1],
    ],
  ],
  anxiety: [[[ESCITALOPRAM, 0.3]]],
  hypothyroidism: [
    [[medicine('966222', 'levothyroxine sodium 0.075 MG Oral Tablet', 'Take 1 tablet once a day on an empty stomach'), 0.95]],
  ],
  reflux: [[[medicine('7646', 'omeprazole', 'Take 20 mg once a day before breakfast'), 0.6]]],
  kneeArthritis: [
    [
      [NAPROXEN, 0.3],
      [medicine('161', 'acetaminophen', 'Take 500 mg up to four times a day as needed'), 0.3],
    ],
  ],
  gout: [[[medicine('197319', 'allopurinol 100 MG Oral Tablet', 'Take 1 tablet once a day'), 0.6]]],
  osteoporosis: [[[medicine('46041', 'alendronate', 'Take 70 mg once a week on an empty stomach'), 0.5]]],
  migraine: [[[medicine('37418', 'sumatriptan', 'Take 50 mg at the start of a headache'), 0.5]]],
  rhinitis: [[[medicine('20610', 'cetirizine', 'Take 10 mg once a day as needed'), 0.35]]],
  prostate: [[[medicine('77492', 'tamsulosin', 'Take 0.4 mg once a day at bedtime'), 0.45]]],
  dementia: [[[medicine('135447', 'donepezil', 'Take 10 mg once a day at bedtime'), 0.4]]],
}

const ALWAYS_STATIN = [[ATORVASTATIN, 1]] as const

/** What an illness speaks against. */
const AVOIDED: Readonly<Partial<Record<IllnessKey, readonly Medicine[]>>> = {
  kidney: [NAPROXEN, IBUPROFEN],
  kidneyFailure: [METFORMIN, NAPROXEN, IBUPROFEN],
  heartFailure: [NAPROXEN, IBUPROFEN],
}

/** Whoever has one of these should take a statin; how many do is the practice's. */
const ASKS_FOR_STATIN: ReadonlySet<IllnessKey> = new Set<IllnessKey>(['lipids', 'coronary', 'diabetes'])

const RENEW_AFTER_DAYS = 350

interface Order {
  readonly medicine: Medicine
  readonly illness: IllnessKey
  /** The last order, written down when it is known whether another follows it. */
  last: OpenVisit | null
}

/** What is prescribed in one chart. Orders run for a year; the newest of each medicine is active. */
export class Prescribing {
  private readonly pen: ChartPen
  private readonly orders: Order[] = []
  private readonly treated = new Set<IllnessKey>()
  private readonly avoided = new Set<Medicine>()
  private readonly takesStatin: boolean
  private isStatinAsked = false

  constructor(pen: ChartPen, quality: Quality) {
    this.pen = pen
    this.takesStatin = pen.random.chance(quality.statins)
  }

  /** Keeps from prescribing these from now on, for an allergy or an illness. */
  avoid(medicines: readonly Medicine[]): void {
    for (const one of medicines) this.avoided.add(one)
  }

  /** Starts what new conditions call for and renews what is about to run out. */
  at(visit: OpenVisit): void {
    for (const key of this.pen.conditions.keys()) if (!this.treated.has(key)) this.choose(key, visit)
    for (const order of this.orders) {
      if (order.last && visit.day - order.last.day < RENEW_AFTER_DAYS) continue
      if (order.last) this.write(order.medicine, order.last, 'completed', order.illness)
      order.last = this.avoided.has(order.medicine) ? null : visit
    }
  }

  /** Starts an antidepressant on the day, unless one is taken already; answers whether it did. */
  startAntidepressant(visit: OpenVisit): boolean {
    if (this.orders.some((order) => order.medicine === SERTRALINE || order.medicine === ESCITALOPRAM)) return false
    this.orders.push({ medicine: SERTRALINE, illness: 'depression', last: visit })
    return true
  }

  /** A short course for an acute illness. */
  once(visit: OpenVisit, what: Medicine): void {
    if (!this.avoided.has(what)) this.write(what, visit, 'completed')
  }

  /** Writes the newest order of each medicine. */
  close(lastDay: number): void {
    for (const { medicine, last, illness } of this.orders) {
      if (last) this.write(medicine, last, lastDay - last.day < 400 ? 'active' : 'stopped', illness)
    }
  }

  private choose(key: IllnessKey, visit: OpenVisit): void {
    this.treated.add(key)
    if (ASKS_FOR_STATIN.has(key) && !this.isStatinAsked) {
      this.isStatinAsked = true
      if (!this.takesStatin && this.pen.random.chance(0.12)) writeStatinIntolerance(this.pen, visit)
    }
    this.avoid(AVOIDED[key] ?? [])
    const lines = TREATMENTS[key] ?? []
    for (const line of this.takesStatin && ASKS_FOR_STATIN.has(key) ? [...lines, ALWAYS_STATIN] : lines) {
      let draw = this.pen.random.unit()
      const chosen = line.find(([, probability]) => (draw -= probability) < 0)?.[0]
      if (chosen && !this.avoided.has(chosen) && !this.orders.some((order) => order.medicine === chosen))
        this.orders.push({ medicine: chosen, illness: key, last: null })
    }
  }

  private write({ concept, dosage }: Medicine, visit: OpenVisit, status: string, illness?: IllnessKey): void {
    const condition = illness && this.pen.conditions.get(illness)
    this.pen.add(
      'MedicationRequest',
      `"status":"${status}","intent":"order","medicationCodeableConcept":${concept},${this.pen.subject},"encounter":{"reference":"${visit.encounter}"},` +
        `"authoredOn":"${visit.instant}","requester":{"reference":"${this.pen.clinician}"},` +
        (condition ? `"reasonReference":[{"reference":"${condition}"}],` : '') +
        `"dosageInstruction":[{"text":"${dosage}"}]`,
    )
  }
}
