import { addDays, addMonths, daysBetween } from '@carecommons/kernel'
import { recentStay } from './after-discharge.ts'
import { factsByGroup, type Reading, type RiskChart, type RiskInput, type RiskResult, sumOf } from './risk-chart.ts'
import { type FollowedValue, opportunityRules } from './tier-tables.ts'

const FOLLOWED = Object.keys(opportunityRules.uncontrolled) as FollowedValue[]

/**
 * What a practice could change: open gaps, values that stay out of control or rise, more and more use, a return from hospital, silence. Cost
 * is nowhere in it. A value counts with a second reading that says the same: one bad day moves back by itself.
 */
export function opportunity(chart: RiskChart): RiskResult {
  const facts = factsByGroup(chart)
  const palliative = facts.get('other:palliative')
  if (palliative)
    return {
      model: 'opportunity',
      score: 0,
      band: null,
      inputs: [{ text: 'In palliative care: not ranked', points: 0, facts: palliative }],
    }
  const inputs = [
    ...gaps(chart),
    ...FOLLOWED.flatMap((key) => uncontrolled(chart, key)),
    ...FOLLOWED.flatMap((key) => rising(chart, key)),
    ...risingUse(chart),
    ...transition(chart),
    ...silence(chart, [...facts.keys()].filter((key) => key.startsWith('major:')).length),
  ]
  return { model: 'opportunity', score: Math.min(sumOf(inputs), opportunityRules.most), band: null, inputs }
}

function gaps({ openGaps }: RiskChart): RiskInput[] {
  const { points, most } = opportunityRules.gap
  if (openGaps === 0) return []
  return [{ text: openGaps === 1 ? '1 open gap' : `${openGaps} open gaps`, points: Math.min(openGaps * points, most), facts: [] }]
}

/** Readings that still say something today. */
const recent = ({ values, today }: RiskChart, key: FollowedValue): readonly Reading[] =>
  values[key].filter(({ on }) => daysBetween(on, today) <= opportunityRules.persists.withinDays)

export function uncontrolled(chart: RiskChart, key: FollowedValue): RiskInput[] {
  const { above, points, words } = opportunityRules.uncontrolled[key]
  const [last, ...before] = recent(chart, key)
  if (!last || last.value <= above) return []
  const other = before.find(({ on }) => daysBetween(on, last.on) >= opportunityRules.persists.days)
  if (!other || other.value <= above)
    return [{ text: `One reading of ${words}: counted when a second confirms it`, points: 0, atMost: points, facts: [last.fact] }]
  return [{ text: `Two readings in a row of ${words}`, points, facts: [last.fact, other.fact] }]
}

function rising(chart: RiskChart, key: FollowedValue): RiskInput[] {
  const { by, above, points, words } = opportunityRules.rising[key]
  const [last, middle, first] = recent(chart, key)
  if (!last || !middle || !first) return []
  const rises = last.value > middle.value && middle.value > first.value && last.value - first.value >= by && last.value > above
  return rises ? [{ text: `${capital(words)} over three readings`, points, facts: [last.fact, middle.fact, first.fact] }] : []
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function risingUse({ stays, emergencies, today }: RiskChart): RiskInput[] {
  const { months, least, points } = opportunityRules.risingUse
  const [half, whole] = [addMonths(today, -months), addMonths(today, -2 * months)]
  const all = [...stays, ...emergencies]
  const now = all.filter(({ on }) => on > half && on <= today)
  const before = all.filter(({ on }) => on > whole && on <= half)
  if (now.length < least || now.length <= before.length) return []
  const text = `${now.length} stays and emergency visits in ${months} months, ${before.length} in the ${months} before`
  return [{ text, points, facts: now.map(({ fact }) => fact) }]
}

function transition(chart: RiskChart): RiskInput[] {
  const stay = recentStay(chart)
  return stay ? [{ text: `Discharged on ${stay.until}`, points: opportunityRules.transition.points, facts: [stay.fact] }] : []
}

function silence({ lastSeenOn, today }: RiskChart, majors: number): RiskInput[] {
  const { days, groups, points } = opportunityRules.noContact
  if (majors < groups || (lastSeenOn !== null && lastSeenOn >= addDays(today, -days))) return []
  return [{ text: lastSeenOn === null ? 'Never seen' : `Not seen since ${lastSeenOn}`, points, facts: [] }]
}
