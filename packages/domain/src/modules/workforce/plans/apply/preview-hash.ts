import { createHash } from 'node:crypto'
import type { ScopeRuleRow } from '../../people/scope-rules.ts'
import type { StaffToAllocate } from '../../read-staff.ts'
import type { TravelTimeRow } from '../../schedule/travel-times.ts'
import type { PreviewedChange } from './preview-plan.ts'

export interface Previewed {
  readonly people: readonly StaffToAllocate[]
  readonly scope: readonly ScopeRuleRow[]
  readonly travel: readonly TravelTimeRow[]
  readonly changes: readonly PreviewedChange[]
}

/** What a preview follows from, part by part, so that whoever confirms an old one is told what is different. */
export function previewHash({ people, scope, travel, changes }: Previewed): string {
  const sorted = people.toSorted((a, b) => (a.membershipId < b.membershipId ? -1 : 1))
  const parts: Readonly<Record<(typeof PARTS)[number], unknown>> = {
    assignments: sorted.map(({ membershipId, assignments }) => [membershipId, assignments]),
    leave: sorted.map(({ membershipId, leave }) => [membershipId, leave]),
    licenses: sorted.map(({ membershipId, licenses }) => [membershipId, licenses]),
    people: sorted.map(({ membershipId, discipline, weeklyPaidMinutes, homeBase }) => [
      membershipId,
      discipline,
      weeklyPaidMinutes,
      homeBase,
    ]),
    scope: scope.map(({ discipline, duty, permitted, needsLicense }) => [discipline, duty, permitted, needsLicense]),
    travel: travel.map(({ oneTown, otherTown, minutes }) => [oneTown, otherTown, minutes]),
    changes: changes.map(({ careManager: _, practice, ...change }) => [practice.city, change]),
  }
  return PARTS.map((part) => digest(parts[part])).join('.')
}

const PARTS = ['assignments', 'leave', 'licenses', 'people', 'scope', 'travel', 'changes'] as const
const WORDS: Readonly<Record<(typeof PARTS)[number], string>> = {
  assignments: 'assignments',
  leave: 'leave',
  licenses: 'licenses',
  people: 'what is on record of the shared staff',
  scope: 'which discipline may do what',
  travel: 'travel times',
  changes: 'what the plan comes to',
}

/** What is different between two previews of a plan, in words; null where nothing is. */
export function differenceOf(before: string, now: string): string | null {
  if (before === now) return null
  const [old, fresh] = [before.split('.'), now.split('.')]
  const changed = PARTS.filter((_, i) => old[i] !== fresh[i])
  const causes = changed.filter((part) => part !== 'changes')
  const named = (causes.length > 0 ? causes : changed).map((part) => WORDS[part])
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named[0]!
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
