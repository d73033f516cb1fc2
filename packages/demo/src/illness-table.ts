import type { Code } from './codes.ts'

export interface Illness {
  /** One of these is drawn; ICD-10-CM first, SNOMED CT beside it where the two mean the same. */
  readonly forms: readonly (readonly Code[])[]
  /** Nobody younger has it. */
  readonly from: number
  /** Share of people at ages 5, 15, 25 to 95, straight between them. */
  readonly byAge: readonly number[]
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

/**
 * The long-lasting illnesses of a primary-care panel. Rates are the share of people of an age who have it before the
 * boosts of what they already have; order matters, since a boost looks at what was drawn earlier. The shape follows what
 * US health surveys show (more with age, diabetes with obesity, kidney disease with both diabetes and pressure), rounded.
 */
const TABLE = {
  tobacco: {
    forms: [[icd('F17.210', 'Nicotine dependence, cigarettes, uncomplicated')]],
    from: 16,
    byAge: [0, 0, 0.114, 0.142, 0.17, 0.145, 0.12, 0.073, 0.05, 0.05],
    years: 20,
    burden: 0.1,
  },
  obesity: {
    forms: [[icd('E66.9', 'Obesity, unspecified'), sct('414916001', 'Obesity')]],
    from: 4,
    byAge: [0.059, 0.152, 0.244, 0.335, 0.385, 0.395, 0.355, 0.265, 0.22, 0.22],
    years: 12,
    burden: 0.1,
  },
  diabetes: {
    forms: [[icd('E11.9', 'Type 2 diabetes mellitus without complications'), sct('44054006', 'Diabetes mellitus type 2')]],
    from: 18,
    byAge: [0, 0, 0.011, 0.039, 0.08, 0.127, 0.171, 0.195, 0.18, 0.18],
    boosts: { obesity: 2.4 },
    female: 0.9,
    years: 14,
    burden: 1,
    chronic: true,
  },
  hypertension: {
    forms: [[icd('I10', 'Essential (primary) hypertension'), sct('38341003', 'Hypertensive disorder')]],
    from: 18,
    byAge: [0, 0, 0.035, 0.107, 0.2, 0.333, 0.45, 0.55, 0.583, 0.6],
    boosts: { obesity: 1.45, diabetes: 1.5 },
    years: 16,
    burden: 0.6,
    chronic: true,
  },
  lipids: {
    forms: [[icd('E78.5', 'Hyperlipidemia, unspecified'), sct('55822004', 'Hyperlipidemia')]],
    from: 20,
    byAge: [0.01, 0.01, 0.04, 0.1, 0.213, 0.32, 0.42, 0.41, 0.4, 0.4],
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
    from: 38,
    byAge: [0, 0, 0, 0, 0.011, 0.032, 0.06, 0.107, 0.143, 0.16],
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
    from: 35,
    byAge: [0, 0, 0, 0, 0.012, 0.035, 0.07, 0.137, 0.199, 0.24],
    boosts: { diabetes: 2.1, hypertension: 1.4 },
    years: 8,
    burden: 0.6,
    chronic: true,
  },
  kidneyFailure: {
    forms: [[icd('N18.6', 'End stage renal disease'), sct('46177005', 'End-stage renal disease')]],
    from: 40,
    byAge: [0, 0, 0, 0, 0.0003, 0.0009, 0.0014, 0.0018, 0.002, 0.002],
    boosts: { diabetes: 4 },
    years: 5,
    burden: 2,
    chronic: true,
  },
  heartFailure: {
    forms: [[icd('I50.9', 'Heart failure, unspecified'), sct('84114007', 'Heart failure')]],
    from: 45,
    byAge: [0, 0, 0, 0, 0, 0.008, 0.021, 0.04, 0.073, 0.09],
    boosts: { coronary: 3, hypertension: 1.3, kidney: 1.4 },
    years: 8,
    burden: 1.5,
    chronic: true,
  },
  atrialFibrillation: {
    forms: [[icd('I48.91', 'Unspecified atrial fibrillation'), sct('49436004', 'Atrial fibrillation')]],
    from: 50,
    byAge: [0, 0, 0, 0, 0, 0.012, 0.035, 0.078, 0.117, 0.14],
    boosts: { heartFailure: 2.2 },
    years: 9,
    burden: 0.7,
    chronic: true,
  },
  asthma: {
    forms: [[icd('J45.909', 'Unspecified asthma, uncomplicated'), sct('195967001', 'Asthma')]],
    from: 2,
    byAge: [0.06, 0.1, 0.092, 0.084, 0.077, 0.072, 0.068, 0.062, 0.06, 0.06],
    female: 1.15,
    years: 20,
    burden: 0.4,
    chronic: true,
  },
  copd: {
    forms: [[icd('J44.9', 'Chronic obstructive pulmonary disease, unspecified'), sct('13645005', 'Chronic obstructive lung disease')]],
    from: 40,
    byAge: [0, 0, 0, 0, 0.01, 0.03, 0.057, 0.073, 0.08, 0.08],
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
    from: 11,
    byAge: [0, 0.07, 0.11, 0.11, 0.11, 0.103, 0.087, 0.077, 0.073, 0.07],
    boosts: { diabetes: 1.3, heartFailure: 1.5, copd: 1.5, tobacco: 1.5 },
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
    from: 9,
    byAge: [0, 0.07, 0.09, 0.095, 0.085, 0.075, 0.066, 0.058, 0.05, 0.05],
    boosts: { depression: 3 },
    female: 1.4,
    years: 8,
    burden: 0.4,
  },
  kneeArthritis: {
    forms: [[icd('M17.9', 'Osteoarthritis of knee, unspecified'), sct('239873007', 'Osteoarthritis of knee')]],
    from: 40,
    byAge: [0, 0, 0, 0, 0.023, 0.07, 0.123, 0.167, 0.2, 0.2],
    boosts: { obesity: 1.7 },
    female: 1.2,
    years: 12,
    burden: 0.4,
    chronic: true,
  },
  arthritis: {
    forms: [[icd('M19.90', 'Unspecified osteoarthritis, unspecified site'), sct('396275006', 'Osteoarthritis')]],
    from: 40,
    byAge: [0, 0, 0, 0, 0.02, 0.06, 0.107, 0.153, 0.2, 0.2],
    female: 1.2,
    years: 12,
    burden: 0.3,
    chronic: true,
  },
  hypothyroidism: {
    forms: [[icd('E03.9', 'Hypothyroidism, unspecified'), sct('40930008', 'Hypothyroidism')]],
    from: 20,
    byAge: [0.005, 0.005, 0.01, 0.02, 0.03, 0.045, 0.06, 0.07, 0.08, 0.08],
    female: 2.2,
    years: 15,
    burden: 0.2,
  },
  reflux: {
    forms: [[icd('K21.9', 'Gastro-esophageal reflux disease without esophagitis'), sct('235595009', 'Gastroesophageal reflux disease')]],
    from: 15,
    byAge: [0.01, 0.01, 0.046, 0.082, 0.114, 0.142, 0.17, 0.175, 0.18, 0.18],
    boosts: { obesity: 1.4 },
    years: 10,
    burden: 0.2,
  },
  migraine: {
    forms: [[icd('G43.909', 'Migraine, unspecified, not intractable, without status migrainosus'), sct('37796009', 'Migraine')]],
    from: 10,
    byAge: [0.01, 0.027, 0.06, 0.065, 0.07, 0.05, 0.03, 0.02, 0.02, 0.02],
    female: 1.8,
    years: 15,
    burden: 0.2,
  },
  rhinitis: {
    forms: [[icd('J30.9', 'Allergic rhinitis, unspecified'), sct('61582004', 'Allergic rhinitis')]],
    from: 3,
    byAge: [0.043, 0.1, 0.1, 0.1, 0.095, 0.085, 0.075, 0.065, 0.06, 0.06],
    boosts: { asthma: 2.5 },
    years: 15,
    burden: 0.1,
  },
  sleepApnea: {
    forms: [[icd('G47.33', 'Obstructive sleep apnea (adult) (pediatric)'), sct('78275009', 'Obstructive sleep apnea syndrome')]],
    from: 25,
    byAge: [0.004, 0.004, 0.004, 0.022, 0.04, 0.055, 0.07, 0.06, 0.05, 0.05],
    boosts: { obesity: 2.6 },
    female: 0.6,
    years: 8,
    burden: 0.2,
  },
  prostate: {
    forms: [[icd('N40.0', 'Benign prostatic hyperplasia without lower urinary tract symptoms')]],
    from: 48,
    byAge: [0, 0, 0, 0, 0, 0.058, 0.15, 0.25, 0.283, 0.3],
    female: 0,
    years: 10,
    burden: 0.2,
  },
  osteoporosis: {
    forms: [[icd('M81.0', 'Age-related osteoporosis without current pathological fracture'), sct('64859006', 'Osteoporosis')]],
    from: 50,
    byAge: [0, 0, 0, 0, 0, 0.02, 0.06, 0.12, 0.171, 0.2],
    female: 1.7,
    years: 8,
    burden: 0.2,
  },
  gout: {
    forms: [[icd('M10.9', 'Gout, unspecified'), sct('90560007', 'Gout')]],
    from: 35,
    byAge: [0, 0, 0, 0, 0.015, 0.03, 0.045, 0.06, 0.06, 0.06],
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
    from: 65,
    byAge: [0, 0, 0, 0, 0, 0, 0, 0.03, 0.12, 0.25],
    years: 5,
    burden: 1,
  },
} as const satisfies Record<string, Illness>

export type IllnessKey = keyof typeof TABLE

export const ILLNESSES: Readonly<Record<IllnessKey, Illness>> = TABLE
