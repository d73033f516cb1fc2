/** How each figure is counted, and what it may be. Values are dated rows with their source (`planning_figure`). */
export const planningFigures = {
  /** Of the eligible people of a tier, how many are to be enrolled. */
  'enrolled-percent': { unit: 'percent', most: 100 },
  'minutes-tier-0': { unit: 'minutes', most: 2400 },
  'minutes-tier-1': { unit: 'minutes', most: 2400 },
  'minutes-tier-2': { unit: 'minutes', most: 2400 },
  'minutes-tier-3': { unit: 'minutes', most: 2400 },
  'minutes-tier-4': { unit: 'minutes', most: 2400 },
  /** After each discharge from hospital. */
  'minutes-transition': { unit: 'minutes', most: 2400 },
  /** Of the hours somebody is there. */
  'travel-percent': { unit: 'percent', most: 60 },
  /** A person and week. */
  'meeting-minutes': { unit: 'minutes', most: 2400 },
  'training-minutes': { unit: 'minutes', most: 2400 },
  'supervision-minutes': { unit: 'minutes', most: 2400 },
  /** So many people of a practice entitle it to one team ... */
  'team-people': { unit: 'people', most: 100_000 },
  /** ... which works so many minutes a week. */
  'team-minutes': { unit: 'minutes', most: 60_000 },
  /** What a paid hour costs, benefits included. */
  'hourly-cents-nurse': { unit: 'cents', most: 100_000 },
  'hourly-cents-social-worker': { unit: 'cents', most: 100_000 },
  'hourly-cents-pharmacist': { unit: 'cents', most: 100_000 },
  'hourly-cents-dietitian': { unit: 'cents', most: 100_000 },
  'hourly-cents-community-health-worker': { unit: 'cents', most: 100_000 },
  'hourly-cents-behavioral-health-specialist': { unit: 'cents', most: 100_000 },
  /** Of the cost split two ways, how much goes by people; the rest goes by need. */
  'hybrid-people-percent': { unit: 'percent', most: 100 },
  /** Of full time, the smallest post that somebody takes: whoever goes alone pays at least that. */
  'smallest-post-percent': { unit: 'percent', most: 100 },
} as const satisfies Record<string, { readonly unit: 'percent' | 'minutes' | 'people' | 'cents'; readonly most: number }>

export type FigureName = keyof typeof planningFigures
export const figureNames = Object.keys(planningFigures) as FigureName[]

export const tiers = [0, 1, 2, 3, 4] as const

/** Why a figure cannot have a value; null when it can. */
export function unusableFigure(figure: FigureName, value: number): string | null {
  const { unit, most } = planningFigures[figure]
  const least = figure === 'team-people' ? 1 : 0
  if (Number.isInteger(value) && value >= least && value <= most) return null
  return `This figure is in ${unit} and takes ${least} to ${most.toLocaleString('en-US')}.`
}
