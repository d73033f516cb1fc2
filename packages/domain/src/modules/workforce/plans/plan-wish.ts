import { type Day, isUuid, type Refusal, refused } from '@carecommons/kernel'
import type { Duty } from '../duty.ts'

/** What somebody wants of a plan. Scope of practice, licenses, leave and paid hours hold in every one; the other rules are theirs to set. */
export interface PlanWish {
  /** The first day on which it would hold. */
  readonly startsOn: Day
  /** Hours are given in such steps. */
  readonly stepMinutes: number
  /** Who comes at all comes for so long; 0: for any time. */
  readonly minimumBlockMinutes: number
  /** Of one person; null: any number. */
  readonly maximumPractices: number | null
  /** Whether ways have to fit into the time set aside for them. */
  readonly countsTravel: boolean
  /** Whether a part of a need in a language is only for those who speak it. */
  readonly matchesLanguage: boolean
  readonly pins: readonly { readonly staffId: string; readonly practiceId: string; readonly minutes: number | null }[]
  readonly forbids: readonly { readonly staffId: string; readonly practiceId: string }[]
  readonly parts: readonly PartOfNeed[]
}

/** What a practice needs a week of one duty, or in one language; of care management it is part of the need that risk tells. */
export interface PartOfNeed {
  readonly practiceId: string
  readonly duty: Duty
  /** BCP 47; null: anybody. */
  readonly language: string | null
  readonly minutes: number
}

const MOST_NAMED = 300
/** Minutes of a week. */
const WEEK = 7 * 24 * 60

/** Why such a plan cannot be asked for; null when it can. */
export function unusableWish(wish: PlanWish, today: Day): Refusal | null {
  const { startsOn, stepMinutes, minimumBlockMinutes, maximumPractices, pins, forbids, parts } = wish
  if (startsOn < today) return refused('StartsInPast', `A plan begins today or later, and ${startsOn} is over.`)
  const whole = (value: number, least: number, most: number, what: string): string[] =>
    Number.isInteger(value) && value >= least && value <= most ? [] : [`${what} takes ${least} to ${most}.`]
  const faults = [
    ...whole(stepMinutes, 15, 480, 'The step in minutes'),
    ...whole(minimumBlockMinutes, 0, 2400, 'The shortest block in minutes'),
    ...(maximumPractices === null ? [] : whole(maximumPractices, 1, 100, 'The most practices of one person')),
    ...[pins, forbids, parts].flatMap((named) =>
      named.length > MOST_NAMED ? [`At most ${MOST_NAMED} pins, forbids or parts are named at once.`] : [],
    ),
    ...pins.flatMap(({ minutes }) => (minutes === null ? [] : whole(minutes, 1, WEEK, 'A pin in minutes a week'))),
    ...parts.flatMap(({ minutes, language }) => [
      ...whole(minutes, 0, 10 * WEEK, 'A part of a need in minutes a week'),
      ...(language === null || /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(language)
        ? []
        : [`"${language.slice(0, 20)}" is no language; give a code like en or es.`]),
    ]),
  ]
  const nobody = [...pins, ...forbids].find(({ staffId, practiceId }) => !isUuid(staffId) || !isUuid(practiceId))
  if (nobody) return refused('NobodyNamed', 'A pin or forbid names a person or practice that is not here; take it away.')
  return faults.length > 0 ? refused('PlanUnusable', [...new Set(faults)].join(' ')) : null
}
