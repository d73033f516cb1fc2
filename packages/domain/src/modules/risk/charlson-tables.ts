import { sources } from './sources.ts'

/** The groups of the Charlson index in the coding of Quan 2005. LACE and HOSPITAL read the same groups. */
const each = (blocks: string, ends: string): string =>
  blocks
    .split(' ')
    .flatMap((block) => ends.split(' ').map((end) => block + end))
    .join(' ')

const DIABETES = 'E10 E11 E12 E13 E14'

export const charlsonGroups = {
  'myocardial-infarction': { title: 'Myocardial infarction', roots: 'I21 I22 I25.2' },
  'heart-failure': { title: 'Heart failure', roots: 'I09.9 I11.0 I13.0 I13.2 I25.5 I42.0 I42.5-I42.9 I43 I50 P29.0' },
  'peripheral-vascular': {
    title: 'Peripheral vascular disease',
    roots: 'I70 I71 I73.1 I73.8 I73.9 I77.1 I79.0 I79.2 K55.1 K55.8 K55.9 Z95.8 Z95.9',
  },
  cerebrovascular: { title: 'Cerebrovascular disease', roots: 'G45 G46 H34.0 I60-I69' },
  dementia: { title: 'Dementia', roots: 'F00-F03 F05.1 G30 G31.1' },
  'chronic-pulmonary': { title: 'Chronic pulmonary disease', roots: 'I27.8 I27.9 J40-J47 J60-J67 J68.4 J70.1 J70.3' },
  rheumatic: { title: 'Rheumatic disease', roots: 'M05 M06 M31.5 M32-M34 M35.1 M35.3 M36.0' },
  'peptic-ulcer': { title: 'Peptic ulcer', roots: 'K25-K28' },
  'mild-liver': {
    title: 'Mild liver disease',
    roots: 'B18 K70.0-K70.3 K70.9 K71.3-K71.5 K71.7 K73 K74 K76.0 K76.2-K76.4 K76.8 K76.9 Z94.4',
  },
  diabetes: { title: 'Diabetes without complication', roots: each(DIABETES, '.0 .1 .6 .8 .9') },
  'diabetes-complicated': { title: 'Diabetes with complication', roots: each(DIABETES, '.2 .3 .4 .5 .7') },
  paralysis: { title: 'Hemiplegia or paraplegia', roots: 'G04.1 G11.4 G80.1 G80.2 G81 G82 G83.0-G83.4 G83.9' },
  renal: {
    title: 'Kidney disease',
    roots: 'I12.0 I13.1 N03.2-N03.7 N05.2-N05.7 N18 N19 N25.0 Z49.0-Z49.2 Z94.0 Z99.2',
  },
  malignancy: {
    title: 'Cancer',
    roots: 'C00-C26 C30-C34 C37-C41 C43 C45-C58 C60-C76 C81-C85 C88 C90-C97',
  },
  'severe-liver': {
    title: 'Moderate or severe liver disease',
    roots: 'I85.0 I85.9 I86.4 I98.2 K70.4 K71.1 K72.1 K72.9 K76.5-K76.7',
  },
  metastatic: { title: 'Metastatic cancer', roots: 'C77-C80' },
  hiv: { title: 'HIV infection or AIDS', roots: 'B20-B22 B24' },
} as const satisfies Record<string, { readonly title: string; readonly roots: string }>

export type CharlsonGroup = keyof typeof charlsonGroups

/** Of two degrees of one illness the first counts and the second does not. */
export const charlsonHierarchy: readonly (readonly [CharlsonGroup, CharlsonGroup])[] = [
  ['diabetes-complicated', 'diabetes'],
  ['severe-liver', 'mild-liver'],
  ['metastatic', 'malignancy'],
]

export interface WeightSet {
  readonly title: string
  readonly validFrom: string
  readonly sources: readonly { readonly words: string; readonly url: string | null }[]
  readonly weights: Readonly<Record<CharlsonGroup, number>>
}

export const charlsonWeights = {
  'charlson-1987': {
    title: 'Charlson index, weights of 1987',
    validFrom: '1987-01-01',
    sources: [sources.charlson1987, sources.quan2005],
    weights: {
      'myocardial-infarction': 1,
      'heart-failure': 1,
      'peripheral-vascular': 1,
      cerebrovascular: 1,
      dementia: 1,
      'chronic-pulmonary': 1,
      rheumatic: 1,
      'peptic-ulcer': 1,
      'mild-liver': 1,
      diabetes: 1,
      'diabetes-complicated': 2,
      paralysis: 2,
      renal: 2,
      malignancy: 2,
      'severe-liver': 3,
      metastatic: 6,
      hiv: 6,
    },
  },
  'charlson-quan-2011': {
    title: 'Charlson index, weights of Quan 2011',
    validFrom: '2011-03-15',
    sources: [sources.quan2011, sources.quan2005],
    weights: {
      'myocardial-infarction': 0,
      'heart-failure': 2,
      'peripheral-vascular': 0,
      cerebrovascular: 0,
      dementia: 2,
      'chronic-pulmonary': 1,
      rheumatic: 1,
      'peptic-ulcer': 0,
      'mild-liver': 2,
      diabetes: 0,
      'diabetes-complicated': 1,
      paralysis: 2,
      renal: 1,
      malignancy: 2,
      'severe-liver': 4,
      metastatic: 6,
      hiv: 4,
    },
  },
} as const satisfies Record<string, WeightSet>

export type CharlsonModel = keyof typeof charlsonWeights
