import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepDoorEvent, keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'
import type { OpenSession, Visit } from '#shared/visit'
import { whoOf } from './confirm.ts'
import { readStaffMember, type StaffMember } from './staff.ts'
import { openWorkplace } from './workplace.ts'

export interface NewName {
  readonly membershipId: string
  readonly name: string
  /** The name that the person who changes it saw. */
  readonly from: string
}

/**
 * Gives a person of an organization another name, everywhere: whoever may give their role there may. So a practice's people are its own
 * administrator's to name, the coordinating body's and the payers' the region's.
 */
export async function renamePerson(ctx: Ctx, input: NewName): Promise<StaffMember | Refusal> {
  const name = shortText(input.name, 'The name')
  if (isRefusal(name)) return name
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const member = await readStaffMember(here, input.membershipId)
    if (!member) return refused('MembershipMissing', 'There is no such membership.')
    if (member.userId === ctx.viewer.userId) return refused('OwnMembership', 'Your own name you change under your account.')
    if (!member.isLive) return refused('MembershipEnded', `${member.name}'s membership has ended already.`)
    const place = await openWorkplace(here, member.organization.id)
    if (!place?.grantable.includes(member.role))
      return refused('NameNotYours', `${member.organization.name} names its own people; ask its administrator, or ${member.name}.`)
    if (member.name !== input.from) return refused('ChangedMeanwhile', `The name was changed meanwhile; it is now ${member.name}.`)
    const { rows } = await sql`select id from commons_rename_person(${member.id}, ${name}, ${member.name})`.execute(tx.db)
    if (rows.length !== 1) return refused('ChangedMeanwhile', 'The name was changed meanwhile; look at it again.')
    const { id: organizationId, kind } = member.organization
    await keepEvent(tx, ctx, {
      action: 'update',
      subject: 'Membership',
      subjectIds: [member.id],
      ...(kind === 'practice' ? { practiceId: organizationId } : {}),
    })
    return (await readStaffMember(here, member.id))!
  })
}

/** The own name. A patient is called as the chart says. */
export async function renameMyself(visit: Visit, session: OpenSession, wanted: string): Promise<OpenSession | Refusal> {
  const name = shortText(wanted, 'The name')
  if (isRefusal(name)) return name
  if (session.viewer.patientId !== null)
    return refused('NameOfChart', 'Your name is that of your chart. Ask your practice to correct it there.')
  await visit.sessions.within({ kind: 'door' }, async (tx) => {
    await tx.db.updateTable('app_user').set({ name }).where('id', '=', session.user.id).execute()
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'rename', outcome: 'allowed' })
  })
  return { ...session, user: { ...session.user, name } }
}
