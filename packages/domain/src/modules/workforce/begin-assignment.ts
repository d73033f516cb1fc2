import { type Day, isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { type Assignment, readAssignment } from './assignments.ts'
import { readCareManager } from './care-managers.ts'
import type { Duty } from './duty.ts'
import { inOrder, unusableHours, type WeeklyHours } from './hours.ts'
import { refusedScope } from './people/refused-scope.ts'
import type { AssignmentKind } from './workforce.entity.ts'

export interface NewAssignment {
  /** The care manager's membership. */
  readonly membershipId: string
  readonly practiceId: string
  readonly kind: AssignmentKind
  readonly duty: Duty
  readonly hours: readonly WeeklyHours[]
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly idempotencyKey: string
}

/** Lets a care manager work for a practice from a day on; her next request on that day reads its charts. */
export async function beginAssignment(ctx: Ctx, input: NewAssignment): Promise<Assignment | Refusal> {
  const { membershipId, practiceId, kind, duty, startsOn, endsOn } = input
  const unusable = unusableTime(ctx, input)
  if (unusable) return unusable
  const hours = inOrder(input.hours)
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const wish = {
      operation: 'assign-care-manager',
      idempotencyKey: input.idempotencyKey,
      input: { membershipId, practiceId, kind, duty, hours, startsOn, endsOn },
    }
    const id = await oncePerKey<'CareAssignment'>(tx, ctx, wish, async (fresh) => {
      // Two who assign the same person at once follow one another.
      if (isUuid(membershipId)) await tx.db.selectFrom('membership').select('id').where('id', '=', membershipId).forUpdate().execute()
      const refusal = await refusedWork(here, tx, input)
      if (refusal) return refusal
      await insertAssignment(tx, ctx, { ...input, id: fresh, hours })
      await keepEvent(tx, ctx, { action: 'create', subject: 'Assignment', subjectIds: [fresh], practiceId })
      return null
    })
    return isRefusal(id) ? id : (await readAssignment(here, id))!
  })
}

export type Wanted = Omit<NewAssignment, 'idempotencyKey'>

/** Writes an assignment that nothing stands against, in the own name. */
export const insertAssignment = (tx: Tx, ctx: Ctx, { id, ...input }: Wanted & { readonly id: string }) =>
  tx.db
    .insertInto('care_assignment')
    .values({
      id,
      membership_id: input.membershipId,
      practice_id: input.practiceId,
      kind: input.kind,
      duty: input.duty,
      hours: JSON.stringify(input.hours) as never,
      starts_on: input.startsOn,
      ends_on: input.endsOn,
      created_by: ctx.viewer.userId,
      created_at: ctx.clock.now().toISOString(),
    })
    .execute()

/** Why such work could not begin as things stand; null when it could. */
export const refusedAssignment = async (ctx: Ctx, tx: Tx, input: Wanted): Promise<Refusal | null> =>
  unusableTime(ctx, input) ?? (await refusedWork(ctx, tx, input))

function unusableTime(ctx: Ctx, { hours, startsOn, endsOn }: Wanted): Refusal | null {
  const unusable = unusableHours(hours)
  if (unusable) return unusable
  if (endsOn !== null && endsOn < startsOn) return refused('PeriodBackwards', 'The last day is before the first.')
  if (startsOn < ctx.clock.today(ctx.region.timeZone))
    return refused('StartsInPast', 'An assignment starts today or later; nobody was let in before.')
  return null
}

async function refusedWork(ctx: Ctx, tx: Tx, input: Wanted): Promise<Refusal | null> {
  const refusal = await refusedPerson(ctx, tx, input)
  if (refusal) return refusal
  const careManager = await readCareManager(ctx, input.membershipId)
  return (await overlaps(tx, input)) ? refused('AssignedAlready', assignedAlready(careManager!.name)) : null
}

export const assignedAlready = (name: string): string => `${name} is assigned there in these days already.`

/** Why somebody could not begin such work there, whatever else they are assigned to; null when they could. */
export async function refusedPerson(ctx: Ctx, tx: Tx, input: Wanted): Promise<Refusal | null> {
  const careManager = await readCareManager(ctx, input.membershipId)
  if (!careManager) return refused('CareManagerMissing', 'There is no such care manager.')
  if (careManager.userId === ctx.viewer.userId)
    return refused('OwnAssignment', 'Nobody lets themselves in to charts; another person has to assign you.')
  if (!(await isPractice(tx, input.practiceId))) return refused('PracticeMissing', 'There is no such practice.')
  return refusedScope(tx, ctx, careManager, input)
}

async function isPractice({ db }: Tx, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const found = await db.selectFrom('organization').select('id').where('id', '=', id).where('kind', '=', 'practice').executeTakeFirst()
  return found !== undefined
}

async function overlaps({ db }: Tx, { membershipId, practiceId, startsOn, endsOn }: Wanted): Promise<boolean> {
  const { rows } = await sql`
    select 1 from care_assignment where membership_id = ${membershipId} and practice_id = ${practiceId} and ended_at is null
       and (ends_on is null or ends_on >= ${startsOn}) and (${endsOn}::date is null or starts_on <= ${endsOn}) limit 1`.execute(db)
  return rows.length > 0
}
