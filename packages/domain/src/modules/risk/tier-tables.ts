import { sources } from './sources.ts'

/** Long-term conditions that are counted, each once however many codes say it. */
export const majorGroups = {
  diabetes: { title: 'Diabetes', roots: 'E08 E09 E10 E11 E13' },
  hypertension: { title: 'Hypertension', roots: 'I10-I13 I15' },
  'heart-failure': { title: 'Heart failure', roots: 'I09.81 I11.0 I13.0 I13.2 I42 I43 I50' },
  'ischemic-heart': { title: 'Ischemic heart disease', roots: 'I20-I25' },
  'atrial-fibrillation': { title: 'Atrial fibrillation', roots: 'I48' },
  stroke: { title: 'Stroke', roots: 'G45 G46 I60-I63 I69' },
  'peripheral-vascular': { title: 'Peripheral vascular disease', roots: 'I70 I73.8 I73.9 I79' },
  copd: { title: 'COPD', roots: 'J40-J44 J47 J98.2 J98.3' },
  asthma: { title: 'Asthma', roots: 'J45' },
  kidney: { title: 'Chronic kidney disease', roots: 'N18 I12 I13 N03-N05 E08.2 E09.2 E10.2 E11.2 E13.2 Z94.0 Z99.2' },
  liver: { title: 'Liver disease', roots: 'K70-K77 B18 Z94.4' },
  mood: { title: 'Depression or bipolar disorder', roots: 'F31-F33 F34.0 F34.1' },
  anxiety: { title: 'Anxiety disorder', roots: 'F40-F42' },
  psychosis: { title: 'Schizophrenia', roots: 'F20 F25' },
  alcohol: { title: 'Alcohol use disorder', roots: 'F10' },
  drugs: { title: 'Drug use disorder', roots: 'F11-F16 F18 F19' },
  dementia: { title: 'Dementia', roots: 'F01-F03 G30 G31.0 G31.1' },
  nervous: { title: 'Parkinson’s disease, multiple sclerosis or epilepsy', roots: 'G20 G35 G40' },
  arthritis: { title: 'Arthritis', roots: 'M05 M06 M08 M15-M19' },
  osteoporosis: { title: 'Osteoporosis', roots: 'M80 M81' },
  cancer: { title: 'Cancer', roots: 'C00-C43 C45-C96' },
  hiv: { title: 'HIV', roots: 'B20' },
} as const satisfies Record<string, { readonly title: string; readonly roots: string }>

export type MajorGroup = keyof typeof majorGroups

/** What makes a person without a major condition one at risk, and what says that life is near its end or frail. */
export const otherGroups = {
  tobacco: { title: 'Tobacco use', roots: 'F17 Z72.0' },
  obesity: { title: 'Obesity', roots: 'E66 Z68.3 Z68.4' },
  lipids: { title: 'High blood lipids', roots: 'E78' },
  prediabetes: { title: 'Prediabetes', roots: 'R73.03' },
  palliative: { title: 'Palliative care', roots: 'Z51.5' },
  frailty: { title: 'Frailty', roots: 'R54 R62.7 R64 Z74.0' },
  'severe-kidney': { title: 'Kidney disease of stage 4, 5 or on dialysis', roots: 'N18.4-N18.6 I12.0 I13.11 I13.2 Z49 Z94.0 Z99.2' },
} as const satisfies Record<string, { readonly title: string; readonly roots: string }>

export type OtherGroup = keyof typeof otherGroups
export const riskFactors: readonly OtherGroup[] = ['tobacco', 'obesity', 'lipids', 'prediabetes']

export const tierRules = {
  title: 'Complexity tier',
  validFrom: '2026-11-23',
  sources: [sources.minnesota, sources.warehouse, sources.own],
  byGroups: [
    { from: 0, points: 0 },
    { from: 1, points: 1 },
    { from: 4, points: 2 },
    { from: 7, points: 3 },
    { from: 10, points: 4 },
  ],
  highest: 4,
  /** Ours: one tier up, with any major condition, from this age on. */
  older: { age: 75, tiers: 1 },
  /** Ours: one tier up, with any major condition, after a hospital stay or so many emergency visits in twelve months. */
  use: { months: 12, stays: 1, emergencies: 2, tiers: 1 },
  titles: ['no major condition', 'low', 'moderate', 'high', 'highest'],
} as const

export const opportunityRules = {
  title: 'Opportunity',
  validFrom: '2026-11-23',
  sources: [sources.own],
  gap: { points: 1, most: 5 },
  /** Two readings in a row, this many days apart at least: one bad day moves back by itself. */
  persists: { days: 14, withinDays: 730 },
  uncontrolled: {
    a1c: { above: 9, points: 3, words: 'HbA1c over 9 %' },
    systolic: { above: 159, points: 3, words: 'systolic pressure of 160 mm[Hg] or more' },
    phq9: { above: 9, points: 3, words: 'PHQ-9 of 10 or more' },
  },
  /** Three readings, each above the one before. */
  rising: {
    a1c: { by: 1, above: 8, points: 2, words: 'HbA1c rising' },
    systolic: { by: 15, above: 139, points: 1, words: 'systolic pressure rising' },
    phq9: { by: 5, above: 9, points: 2, words: 'PHQ-9 rising' },
  },
  risingUse: { months: 6, least: 2, points: 2 },
  transition: { days: 30, points: 3 },
  noContact: { days: 180, groups: 2, points: 2 },
  most: 99,
} as const

export type FollowedValue = keyof typeof opportunityRules.uncontrolled

export const segmentRules = {
  title: 'Segment',
  validFrom: '2026-11-23',
  sources: [sources.bridges, sources.aafp, sources.own],
  /** Complex: so many major conditions and not stable, or a tier from here on. */
  complex: { groups: 4, tier: 3 },
  titles: {
    healthy: 'Healthy',
    'at-risk': 'At risk',
    stable: 'Long-term condition, stable',
    unstable: 'Long-term condition, not stable',
    complex: 'Complex',
    frail: 'Frail or near the end of life',
  },
} as const

export type Segment = keyof typeof segmentRules.titles
