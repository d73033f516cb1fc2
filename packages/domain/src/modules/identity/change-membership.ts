import { administratorRoles } from '@carecommons/access'
import { type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { endAssignmentsOf } from '#modules/workforce'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { endNow } from './end-now.ts'
import { liveOn } from './live-membership.ts'
import { readStaffMember, type StaffMember } from './staff.ts'
import { openWorkplace } from './workplace.ts'

const MISSING = refused('MembershipMissing', 'There is no such membership.')

export interface RoleChange {
  readonly membershipId: string
  readonly role: string
  /** The role that the person who changes it saw. */
  readonly from: string
}

/** Gives a person another role in their organization; their next request acts under it. */
export const changeRole = (ctx: Ctx, { membershipId, role, from }: RoleChange): Promise<StaffMember | Refusal> =>
  onLive(ctx, membershipId, 'update', async (tx, member, here) => {
    if (member.role !== from) return refused('ChangedMeanwhile', `${member.name}'s role was changed meanwhile.`)
    const place = await openWorkplace(here, member.organization.id)
    const given = place?.grantable.find((one) => one === role)
    // Who may not give the role that somebody holds may not take it either.
    if (!given || !place?.grantable.includes(member.role))
      return refused('RoleNotGrantable', `You cannot change roles like this at ${member.organization.name}.`)
    if (given === member.role) return refused('RoleHeldAlready', `${member.name} holds this role already.`)
    await tx.db.updateTable('membership').set({ role: given }).where('id', '=', member.id).execute()
    return null
  })

/** Ends a membership at once: the person's next request under it finds nobody signed in. */
export const endMembership = (ctx: Ctx, membershipId: string): Promise<StaffMember | Refusal> =>
  onLive(ctx, membershipId, 'end', async (tx, member) => {
    return (await endNow(tx, ctx.clock, member.id))
      ? null
      : refused('MembershipNotYours', `${member.organization.name} lets go its own people.`)
  })

async function onLive(
  ctx: Ctx,
  membershipId: string,
  action: 'update' | 'end',
  work: (tx: Tx, member: StaffMember, here: Ctx) => Promise<Refusal | null>,
): Promise<StaffMember | Refusal> {
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const seen = await readStaffMember(here, membershipId)
    if (!seen) return MISSING
    if (seen.userId === ctx.viewer.userId)
      return refused('OwnMembership', 'Nobody changes or ends their own role; ask another administrator.')
    await lockPeople(tx, seen.organization.id)
    const member = await readStaffMember(here, membershipId)
    if (!member) return MISSING
    if (!member.isLive) return refused('MembershipEnded', `${member.name}'s membership has ended already.`)
    if (await isLastAdministrator(tx, ctx, member))
      return refused(
        'LastAdministrator',
        `${member.name} is the only administrator of ${member.organization.name}; another one is needed first.`,
      )
    const refusal = await work(tx, member, here)
    if (refusal) return refusal
    const { id: organizationId, kind } = member.organization
    await endAssignmentsOf(tx, ctx, member.id)
    await keepEvent(tx, ctx, {
      action,
      subject: 'Membership',
      subjectIds: [member.id],
      ...(kind === 'practice' ? { practiceId: organizationId } : {}),
    })
    return (await readStaffMember(here, membershipId))!
  })
}

/** Two administrators who end each other follow one another: the second is told that they are the last. */
async function lockPeople({ db }: Tx, organizationId: string): Promise<void> {
  await db.selectFrom('membership').select('id').where('organization_id', '=', organizationId).orderBy('id').forUpdate().execute()
}

async function isLastAdministrator({ db }: Tx, ctx: Ctx, { id, role, organization }: StaffMember): Promise<boolean> {
  const { kind } = organization
  if (kind === 'community-partner' || role !== administratorRoles[kind]) return false
  const { rows } = await sql`
    select 1 from membership m
     where m.organization_id = ${organization.id} and m.role = ${role} and m.id <> ${id}
       and m.waits_since is null and ${liveOn('m', ctx.clock.today(ctx.region.timeZone))} limit 1`.execute(db)
  return rows.length === 0
}
