import { addDays, addMonths, type Day, daysBetween } from '@carecommons/kernel'
import { charlsonGroupsOf } from './charlson.ts'
import { charlsonGroups, type CharlsonGroup } from './charlson-tables.ts'
import { hospitalRules, laceRules, pointsAt } from './discharge-tables.ts'
import { factsByGroup, notRead, type Reading, type RiskChart, type RiskInput, type RiskResult, type Stay, sumOf } from './risk-chart.ts'
import { opportunityRules } from './tier-tables.ts'

export type EndedStay = Stay & { readonly until: Day }

/** The newest stay that ended within the last thirty days, if nobody came back since. */
export function recentStay({ stays, today }: RiskChart): EndedStay | null {
  const [newest] = stays
  if (!newest || newest.until === null || newest.until > today) return null
  return daysBetween(newest.until, today) <= opportunityRules.transition.days ? { ...newest, until: newest.until } : null
}

/** Length of stay, acuity, comorbidity, emergency visits: death or unplanned readmission within 30 days. */
export function lace(chart: RiskChart, stay: EndedStay): RiskResult {
  const days = daysBetween(stay.on, stay.until)
  const inputs = [
    { text: `Stay of ${days} ${days === 1 ? 'day' : 'days'}`, points: pointsAt(laceRules.stayDays, days), facts: [stay.fact] },
    urgency(stay, laceRules.acute),
    comorbidity(chart),
    emergenciesBefore(chart, stay),
  ]
  const score = sumOf(inputs)
  return {
    model: 'lace',
    score,
    band: laceRules.bands.findLast(({ from }) => score >= from)!.title,
    inputs: [...inputs, ...notRead(chart)],
  }
}

function urgency({ urgent, fact }: Stay, points: number): RiskInput {
  if (urgent === null)
    return { text: 'Not told whether the stay began as an emergency: counted 0', points: 0, atMost: points, facts: [fact] }
  return urgent ? { text: 'Admitted as an emergency', points, facts: [fact] } : { text: 'Planned admission', points: 0, facts: [fact] }
}

function comorbidity(chart: RiskChart): RiskInput {
  const severe = factsByGroup(chart).has('other:severe-kidney')
  const weights: Partial<Record<CharlsonGroup, number>> = laceRules.comorbidity
  const counted = [...charlsonGroupsOf(chart)].flatMap(([key, facts]) => {
    const points = key === 'renal' && severe ? laceRules.severeKidney : (weights[key] ?? 0)
    return points === 0 ? [] : [{ title: charlsonGroups[key].title, points, facts }]
  })
  const sum = counted.reduce((all, { points }) => all + points, 0)
  const words = counted.map(({ title, points }) => `${title} ${points}`).join(', ')
  return {
    text: counted.length === 0 ? 'No illness of its table' : `${words}: ${sum} in its table`,
    points: pointsAt(laceRules.comorbiditySum, sum),
    facts: counted.flatMap(({ facts }) => facts),
  }
}

function emergenciesBefore({ emergencies }: RiskChart, stay: Stay): RiskInput {
  const since = addMonths(stay.on, -laceRules.emergencyMonths)
  const before = emergencies.filter((visit) => visit.on >= since && visit.on < stay.on && !ledTo(visit, stay))
  return {
    text: `${before.length} emergency ${before.length === 1 ? 'visit' : 'visits'} in the ${laceRules.emergencyMonths} months before`,
    points: pointsAt(laceRules.emergencies, before.length),
    facts: before.map(({ fact }) => fact),
  }
}

/** An emergency visit of the day of the stay, or of the day before: it is the way in. */
export const ledTo = (visit: { readonly on: Day; readonly until: Day | null }, stay: { readonly on: Day }): boolean =>
  visit.on <= stay.on && (visit.until ?? visit.on) >= addDays(stay.on, -1)

/** The simplified score: without procedures, with cancer in place of the ward. */
export function hospital(chart: RiskChart, stay: EndedStay): RiskResult {
  const { hemoglobin, sodium, cancer, urgent, admissions, stay: long } = hospitalRules
  const groups = charlsonGroupsOf(chart)
  const tumors = [...(groups.get('malignancy') ?? []), ...(groups.get('metastatic') ?? [])]
  const days = daysBetween(stay.on, stay.until)
  const since = addMonths(stay.on, -12)
  const before = chart.stays.filter((one) => one.fact !== stay.fact && one.on >= since && one.on < stay.on)
  const inputs: RiskInput[] = [
    lowAtDischarge('hemoglobin', 'g/dL', chart.values.hemoglobin, stay, hemoglobin),
    { text: tumors.length > 0 ? 'Cancer' : 'No cancer among the problems', points: tumors.length > 0 ? cancer : 0, facts: tumors },
    lowAtDischarge('sodium', 'mmol/L', chart.values.sodium, stay, sodium),
    urgency(stay, urgent),
    {
      text: `${before.length} ${before.length === 1 ? 'stay' : 'stays'} in the 12 months before`,
      points: pointsAt(admissions, before.length),
      facts: before.map(({ fact }) => fact),
    },
    { text: `Stay of ${days} ${days === 1 ? 'day' : 'days'}`, points: days >= long.days ? long.points : 0, facts: [stay.fact] },
  ]
  return { model: 'hospital-2017', score: sumOf(inputs), band: null, inputs: [...inputs, ...notRead(chart)] }
}

function lowAtDischarge(
  what: string,
  unit: string,
  readings: readonly Reading[],
  stay: EndedStay,
  { below, points }: { readonly below: number; readonly points: number },
): RiskInput {
  const last = readings.find(({ on }) => on >= stay.on && on <= stay.until)
  if (!last) return { text: `No ${what} at discharge: counted 0`, points: 0, atMost: points, facts: [] }
  const isLow = last.value < below
  return {
    text: `Last ${what} ${last.value} ${unit}${isLow ? `, under ${below}` : ''}`,
    points: isLow ? points : 0,
    facts: [last.fact],
  }
}
