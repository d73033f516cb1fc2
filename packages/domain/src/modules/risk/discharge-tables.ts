import type { CharlsonGroup } from './charlson-tables.ts'
import { sources } from './sources.ts'

/** Points from a number on, the highest row that is reached. */
export interface Step {
  readonly from: number
  readonly points: number
}

export const laceRules = {
  title: 'LACE index',
  validFrom: '2010-04-06',
  sources: [sources.lace2010, sources.laceBands, sources.quan2005],
  /** Days from admission to discharge. */
  stayDays: [
    { from: 0, points: 0 },
    { from: 1, points: 1 },
    { from: 2, points: 2 },
    { from: 3, points: 3 },
    { from: 4, points: 4 },
    { from: 7, points: 5 },
    { from: 14, points: 7 },
  ],
  acute: 3,
  /** Its own table, not that of the Charlson index; the two degrees of kidney disease are told apart by `severeKidney`. */
  comorbidity: {
    'myocardial-infarction': 1,
    cerebrovascular: 1,
    'peripheral-vascular': 1,
    diabetes: 1,
    'heart-failure': 2,
    'diabetes-complicated': 2,
    'chronic-pulmonary': 2,
    'mild-liver': 2,
    renal: 2,
    malignancy: 2,
    dementia: 3,
    rheumatic: 3,
    'severe-liver': 4,
    hiv: 4,
    metastatic: 6,
  } satisfies Partial<Record<CharlsonGroup, number>>,
  severeKidney: 4,
  /** Points of comorbidity by their sum: 0 to 3 as they are, 4 and more are 5. */
  comorbiditySum: [
    { from: 0, points: 0 },
    { from: 1, points: 1 },
    { from: 2, points: 2 },
    { from: 3, points: 3 },
    { from: 4, points: 5 },
  ],
  /** Emergency visits in the six months before, the one that led to the stay left out. */
  emergencyMonths: 6,
  emergencies: [
    { from: 0, points: 0 },
    { from: 1, points: 1 },
    { from: 2, points: 2 },
    { from: 3, points: 3 },
    { from: 4, points: 4 },
  ],
  bands: [
    { from: 0, title: 'low' },
    { from: 5, title: 'moderate' },
    { from: 10, title: 'high' },
  ],
} as const

export const hospitalRules = {
  title: 'HOSPITAL score, simplified (2017)',
  validFrom: '2017-10-01',
  sources: [sources.hospital2017, sources.hospital2016, sources.quan2005],
  /** g/dL */
  hemoglobin: { below: 12, points: 1 },
  cancer: 2,
  /** mmol/L */
  sodium: { below: 135, points: 1 },
  urgent: 1,
  /** Admissions in the twelve months before. */
  admissions: [
    { from: 0, points: 0 },
    { from: 2, points: 2 },
    { from: 6, points: 5 },
  ],
  stay: { days: 5, points: 2 },
} as const

export const pointsAt = (steps: readonly Step[], value: number): number => steps.findLast(({ from }) => value >= from)?.points ?? 0
