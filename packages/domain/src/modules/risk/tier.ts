import { addMonths } from '@carecommons/kernel'
import { pointsAt } from './discharge-tables.ts'
import { uncontrolled } from './opportunity.ts'
import { ageIn, factsByGroup, notRead, type RiskChart, type RiskInput, type RiskResult, sumOf } from './risk-chart.ts'
import {
  type FollowedValue,
  type MajorGroup,
  majorGroups,
  opportunityRules,
  otherGroups,
  riskFactors,
  type Segment,
  segmentRules,
  tierRules,
} from './tier-tables.ts'

const MAJOR = Object.keys(majorGroups) as MajorGroup[]

/** In the manner of Minnesota: by how many major conditions, and, our own, by age and use of hospitals. */
export function tier(chart: RiskChart): RiskResult {
  const { majors, used } = standing(chart)
  const inputs: RiskInput[] = [counted(majors)]
  const age = ageIn(chart)
  if (majors.length > 0) {
    const { older, use } = tierRules
    if (age === null) inputs.push({ text: 'Birth date not told: age not counted', points: 0, atMost: older.tiers, facts: [] })
    else if (age >= older.age) inputs.push({ text: `${age} years old`, points: older.tiers, facts: [] })
    if (used.length > 0) inputs.push({ text: useWords(chart), points: use.tiers, facts: used })
  }
  const score = Math.min(sumOf(inputs), tierRules.highest)
  return { model: 'tier', score, band: tierRules.titles[score]!, inputs: [...inputs, ...notRead(chart)] }
}

function counted(majors: readonly { readonly key: MajorGroup; readonly facts: readonly string[] }[]): RiskInput {
  const titles = majors.map(({ key }) => majorGroups[key].title)
  const many = majors.length === 1 ? '1 major condition' : `${majors.length} major conditions`
  return {
    text: majors.length === 0 ? 'No major condition' : `${many}: ${titles.join(', ')}`,
    points: pointsAt(tierRules.byGroups, majors.length),
    facts: majors.flatMap(({ facts }) => facts),
  }
}

const useWords = (chart: RiskChart): string => {
  const { stays, emergencies } = lately(chart)
  return `${stays.length} hospital ${stays.length === 1 ? 'stay' : 'stays'} and ${emergencies.length} emergency ${emergencies.length === 1 ? 'visit' : 'visits'} in ${tierRules.use.months} months`
}

function lately({ stays, emergencies, today }: RiskChart) {
  const since = addMonths(today, -tierRules.use.months)
  const isLately = ({ on }: { readonly on: string }): boolean => on > since && on <= today
  return { stays: stays.filter(isLately), emergencies: emergencies.filter(isLately) }
}

/** Major conditions, and the stays and visits that move a tier up or make a person's state unstable. */
function standing(chart: RiskChart) {
  const facts = factsByGroup(chart)
  const { stays, emergencies } = lately(chart)
  const isMuch = stays.length >= tierRules.use.stays || emergencies.length >= tierRules.use.emergencies
  return {
    facts,
    majors: MAJOR.flatMap((key) => {
      const of = facts.get(`major:${key}`)
      return of ? [{ key, facts: of }] : []
    }),
    used: isMuch ? [...stays, ...emergencies].map(({ fact }) => fact) : [],
  }
}

const FOLLOWED = Object.keys(opportunityRules.uncontrolled) as FollowedValue[]

/** What kind of care somebody needs, as one of six groups; the reasons are those that decided. */
export function segment(chart: RiskChart): RiskResult {
  const { facts, majors, used } = standing(chart)
  const answer = (key: Segment, inputs: readonly RiskInput[]): RiskResult => ({
    model: 'segment',
    score: Object.keys(segmentRules.titles).indexOf(key),
    band: key,
    inputs,
  })
  for (const key of ['palliative', 'frailty'] as const) {
    const of = facts.get(`other:${key}`)
    if (of) return answer('frail', [{ text: otherGroups[key].title, points: 0, facts: of }])
  }
  const conditions = { ...counted(majors), points: 0 }
  const unsteady: RiskInput[] = [
    ...FOLLOWED.flatMap((key) => uncontrolled(chart, key).filter(({ points }) => points > 0)),
    ...(used.length > 0 ? [{ text: useWords(chart), points: 0, facts: used }] : []),
  ].map((input) => ({ ...input, points: 0 }))
  const { complex } = segmentRules
  if (majors.length > 0 && (tier(chart).score >= complex.tier || (majors.length >= complex.groups && unsteady.length > 0)))
    return answer('complex', [conditions, ...unsteady])
  if (majors.length > 0) return answer(unsteady.length > 0 ? 'unstable' : 'stable', [conditions, ...unsteady])
  const risks = riskFactors.flatMap((key) => {
    const of = facts.get(`other:${key}`)
    return of ? [{ text: otherGroups[key].title, points: 0, facts: of }] : []
  })
  return risks.length > 0 ? answer('at-risk', risks) : answer('healthy', [conditions])
}
