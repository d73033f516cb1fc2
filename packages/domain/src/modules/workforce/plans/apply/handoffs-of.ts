import { addDays, type Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Duty } from '../../duty.ts'
import type { PreviewedChange } from './preview-plan.ts'

/** Somebody leaves a practice, or has less time there: what they lead, as places and weights, and who could take it. */
export interface Handoff {
  readonly membershipId: string
  readonly careManager: string
  readonly practice: OrganizationRow
  readonly duty: Duty
  /** Nobody of the name is there any more from the first day on. */
  readonly leaves: boolean
  /** Minutes of a week less. */
  readonly fewerMinutes: number
  /** Open cases that they lead there. */
  readonly cases: number
  readonly points: number
  /** Of those, somebody has to have been in touch by a week after the first day. */
  readonly due: number
  readonly takers: readonly Taker[]
}

/** Somebody whom the plan puts there for the same, and who may do it. */
export interface Taker {
  readonly membershipId: string
  readonly name: string
  readonly minutes: number
}

const DUE_WITHIN = 7

/** Every handoff that changes cause. Of a case no more is told than whoever allocates may know: no person, no chart. */
export async function handoffsOf(ctx: Ctx, changes: readonly PreviewedChange[], day: Day): Promise<Handoff[]> {
  const fewer = changes.filter(({ kind, minutes, minutesBefore }) => kind === 'ends' || (kind === 'changes' && minutes < minutesBefore))
  if (fewer.length === 0) return []
  const { rows } = await sql<{ practiceId: string; leadId: string; cases: number; points: number; due: number }>`
    select c.practice_id as "practiceId", c.lead_membership_id as "leadId", count(*)::int as cases, sum(c.points)::int as points,
           (count(*) filter (where c.due_on <= ${addDays(day, DUE_WITHIN)}::date))::int as due
      from care_case c
     where c.closed_at is null and c.lead_membership_id = any (${[...new Set(fewer.map(({ membershipId }) => membershipId))]}::uuid[])
       and ${room(ctx, 'read', 'Caseload', { practiceId: 'c.practice_id' })}
     group by c.practice_id, c.lead_membership_id`.execute((await ctx.tx()).db)
  ctx.notes.push({ action: 'read', subject: 'Caseload', subjectIds: [] })
  return fewer
    .map(({ membershipId, careManager, practice, duty, kind, minutes, minutesBefore }) => {
      const led = rows.find((row) => row.practiceId === practice.id && row.leadId === membershipId) ?? { cases: 0, points: 0, due: 0 }
      const { cases, points, due } = led
      return {
        ...{
          membershipId,
          careManager,
          practice,
          duty,
          leaves: kind === 'ends',
          fewerMinutes: minutesBefore - minutes,
          cases,
          points,
          due,
        },
        takers: takersOf(changes, { membershipId, practiceId: practice.id, duty }),
      }
    })
    .filter(({ leaves, cases }) => leaves || cases > 0)
    .toSorted((a, b) => Number(b.leaves) - Number(a.leaves) || b.points - a.points || a.practice.name.localeCompare(b.practice.name))
}

const takersOf = (
  changes: readonly PreviewedChange[],
  { membershipId, practiceId, duty }: { readonly membershipId: string; readonly practiceId: string; readonly duty: Duty },
): Taker[] =>
  changes
    .filter((one) => one.kind !== 'ends' && one.practiceId === practiceId && one.membershipId !== membershipId && one.refusal === null)
    .filter((one) => one.duties.includes(duty))
    .toSorted((a, b) => b.minutes - a.minutes)
    .map((one) => ({ membershipId: one.membershipId, name: one.careManager, minutes: one.minutes }))
