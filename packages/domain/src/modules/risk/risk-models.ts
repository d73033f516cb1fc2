import { charlsonGroups, type CharlsonGroup, type CharlsonModel, charlsonWeights } from './charlson-tables.ts'
import { hospitalRules, laceRules, type Step } from './discharge-tables.ts'
import type { Source } from './sources.ts'
import { majorGroups, opportunityRules, segmentRules, tierRules } from './tier-tables.ts'

/** Of all tables together: what was worked out by other ones is worked out anew. */
export const RISK_VERSION = '2026-11-23'

/** What a person should know of a model before trusting it. */
export interface RiskModel {
  readonly key: string
  readonly title: string
  readonly version: string
  readonly validFrom: string
  readonly what: string
  readonly predicts: string
  readonly sources: readonly Source[]
  readonly weights: readonly { readonly text: string; readonly points: string }[]
  readonly limits: readonly string[]
}

const LABELLED =
  'Records under special protection (42 CFR Part 2, behavioral health) are never read, whoever looks: people whose illnesses stand there are ranked too low.'
const PROBLEMS =
  'Reads problems that are active today, in ICD-10-CM or one of the SNOMED CT concepts that its tables map; others are named as not read.'
const DISCHARGED = 'For people who came home from hospital within 30 days. Stays that no record tells of are missing.'
const UNVALIDATED = 'Our own choice of points. Look at how it fits this region before relying on it.'

const charlsonCard = (key: CharlsonModel): RiskModel => {
  const { title, validFrom, sources, weights } = charlsonWeights[key]
  return {
    key,
    title,
    version: RISK_VERSION,
    validFrom,
    what: 'Adds weights of 17 groups of illnesses; of two degrees of one illness the severe one counts. No points for age.',
    predicts: key === 'charlson-1987' ? 'Death within a year, among people in hospital.' : 'Death within a year of leaving hospital.',
    sources,
    weights: (Object.keys(charlsonGroups) as CharlsonGroup[]).map((group) => ({
      text: charlsonGroups[group].title,
      points: String(weights[group]),
    })),
    limits: [PROBLEMS, 'Made for people in hospital; in a panel of primary care it ranks, and its probabilities do not hold.', LABELLED],
  }
}

const steps = (words: string, of: readonly Step[]): RiskModel['weights'] =>
  of.map(({ from, points }) => ({ text: `${words}: ${from} or more`, points: String(points) }))

export const riskModels: readonly RiskModel[] = [
  {
    key: 'tier',
    title: tierRules.title,
    version: RISK_VERSION,
    validFrom: tierRules.validFrom,
    what: `Counts ${Object.keys(majorGroups).length} groups of long-term conditions in the manner of Minnesota’s tiers; age and use of hospitals move a person up. The groups and these steps are ours.`,
    predicts: 'How much coordination somebody needs. It is the first of two steps: the clinician’s judgment is the second.',
    sources: tierRules.sources,
    weights: [
      ...tierRules.byGroups.map(({ from, points }) => ({ text: `Major conditions: ${from} or more`, points: `tier ${points}` })),
      { text: `Age of ${tierRules.older.age} or more, with a major condition`, points: `+${tierRules.older.tiers}` },
      {
        text: `A hospital stay or ${tierRules.use.emergencies} emergency visits in ${tierRules.use.months} months, with a major condition`,
        points: `+${tierRules.use.tiers}`,
      },
    ],
    limits: [PROBLEMS, UNVALIDATED, LABELLED],
  },
  {
    key: 'segment',
    title: segmentRules.title,
    version: RISK_VERSION,
    validFrom: segmentRules.validFrom,
    what: 'Says what kind of care somebody needs, as one of six groups.',
    predicts: 'Nothing: it sorts people by need, not by likelihood.',
    sources: segmentRules.sources,
    weights: Object.values(segmentRules.titles).map((text, index) => ({ text, points: String(index) })),
    limits: ['Frailty and palliative care are seen only where a problem says so.', UNVALIDATED, LABELLED],
  },
  {
    key: 'opportunity',
    title: opportunityRules.title,
    version: RISK_VERSION,
    validFrom: opportunityRules.validFrom,
    what: 'Ranks by what a practice could change, never by cost. A value counts when a second reading says the same, for one bad day moves back by itself.',
    predicts: 'Where effort may help most. It is no likelihood of anything.',
    sources: opportunityRules.sources,
    weights: [
      { text: `Each open gap, ${opportunityRules.gap.most} at most`, points: String(opportunityRules.gap.points) },
      ...Object.values(opportunityRules.uncontrolled).map(({ words, points }) => ({
        text: `Twice in a row: ${words}`,
        points: String(points),
      })),
      ...Object.values(opportunityRules.rising).map(({ words, points }) => ({
        text: `Over three readings: ${words}`,
        points: String(points),
      })),
      {
        text: `More stays and emergency visits in ${opportunityRules.risingUse.months} months than before`,
        points: String(opportunityRules.risingUse.points),
      },
      { text: `Discharged within ${opportunityRules.transition.days} days`, points: String(opportunityRules.transition.points) },
      {
        text: `${opportunityRules.noContact.groups} major conditions and not seen for ${opportunityRules.noContact.days} days`,
        points: String(opportunityRules.noContact.points),
      },
    ],
    limits: [UNVALIDATED, 'People in palliative care are not ranked.', LABELLED],
  },
  charlsonCard('charlson-1987'),
  charlsonCard('charlson-quan-2011'),
  {
    key: 'lace',
    title: laceRules.title,
    version: RISK_VERSION,
    validFrom: laceRules.validFrom,
    what: 'Length of stay, acuity, comorbidity by its own table, emergency visits: 0 to 19 points; 5 to 9 moderate, 10 and more high.',
    predicts: 'Death or unplanned readmission within 30 days of discharge.',
    sources: laceRules.sources,
    weights: [
      ...steps('Days in hospital', laceRules.stayDays),
      { text: 'Admitted as an emergency', points: String(laceRules.acute) },
      ...steps('Sum in its table of comorbidity', laceRules.comorbiditySum),
      ...steps(`Emergency visits in ${laceRules.emergencyMonths} months`, laceRules.emergencies),
    ],
    limits: [
      DISCHARGED,
      'Its paper has no ICD codes: those of the Charlson groups stand in, and which kidney disease is severe is our choice.',
      PROBLEMS,
      LABELLED,
    ],
  },
  {
    key: 'hospital-2017',
    title: hospitalRules.title,
    version: RISK_VERSION,
    validFrom: hospitalRules.validFrom,
    what: 'Hemoglobin, cancer, sodium, urgent admission, earlier admissions, length of stay: 0 to 12 points. The simplified score of 2017, not the one of 2013.',
    predicts: 'Potentially avoidable readmission within 30 days of discharge.',
    sources: hospitalRules.sources,
    weights: [
      { text: `Last hemoglobin under ${hospitalRules.hemoglobin.below} g/dL`, points: String(hospitalRules.hemoglobin.points) },
      { text: 'Cancer', points: String(hospitalRules.cancer) },
      { text: `Last sodium under ${hospitalRules.sodium.below} mmol/L`, points: String(hospitalRules.sodium.points) },
      { text: 'Admitted as an emergency', points: String(hospitalRules.urgent) },
      ...steps('Stays in the 12 months before', hospitalRules.admissions),
      { text: `A stay of ${hospitalRules.stay.days} days or more`, points: String(hospitalRules.stay.points) },
    ],
    limits: [DISCHARGED, 'Laboratory values of the hospital are counted only where they are in the chart.', PROBLEMS, LABELLED],
  },
]
