import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { type InvitationRow, readInvitation } from './invitations.ts'
import { askForMail } from './invite-member.ts'
import { type PatientSignIn, signInById } from './read-patient-sign-in.ts'
import { readStaffMember } from './staff.ts'
import { openWorkplace } from './workplace.ts'

/** How long a link works that stands in for everything a person signs in with (NIST SP 800-63B-4, section 4.2.1.2: a day at most by mail). */
const RENEWAL_MS = 86_400_000
/** Whoever presses twice does not send two letters, and nobody's mailbox is filled. */
const PAUSE_MS = 60_000
const LETTERS_A_DAY = 5

const MISSING = refused('MembershipMissing', 'There is no such membership.')
const OWN = refused('OwnMembership', 'What you sign in with yourself you change under your account.')
const SENT_JUST_NOW = refused('SentJustNow', 'A letter left less than a minute ago; give it time to arrive.')
const LETTERS_USED_UP = refused(
  'LettersUsedUp',
  `${LETTERS_A_DAY} letters have left within a day; wait, and ask whether the address is right.`,
)

/** Lets a member of staff choose new ways to sign in: whoever opens the letter's link does, and nobody before. */
export async function renewSignIn(
  ctx: Ctx,
  { membershipId, idempotencyKey }: { readonly membershipId: string; readonly idempotencyKey: string },
): Promise<InvitationRow | Refusal> {
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const member = await readStaffMember(here, membershipId)
    if (!member) return MISSING
    if (member.userId === ctx.viewer.userId) return OWN
    if (!member.isLive) return refused('MembershipEnded', `${member.name}'s membership has ended.`)
    const { id, kind, name } = member.organization
    const place = await openWorkplace(here, id)
    if (!place?.renewable.includes(member.role))
      return refused('RenewalNotYours', `${name} looks after its own people; its administrator lets ${member.name} choose.`)
    const asked = await ask(tx, ctx, { ...member, organizationId: id, patientId: null }, idempotencyKey, (invitationId) =>
      keepEvent(tx, ctx, {
        action: 'update',
        subject: 'Membership',
        subjectIds: [member.id, invitationId],
        ...(kind === 'practice' ? { practiceId: id } : {}),
      }),
    )
    return isRefusal(asked) ? asked : (await readInvitation(here, asked))!
  })
}

/** The same for a patient, who says the birth date again before choosing. */
export async function renewPatientSignIn(
  ctx: Ctx,
  { id, idempotencyKey }: { readonly id: string; readonly idempotencyKey: string },
): Promise<PatientSignIn | Refusal> {
  return ctx.write(async (tx) => {
    const signIn = await signInById(tx, ctx, id)
    if (signIn?.kind !== 'membership') return refused('SignInMissing', 'There is no such sign-in.')
    if (signIn.state !== 'active') return refused('SignInEnded', 'It has ended.')
    const { rows } = await sql<{ userId: string; name: string; hasDied: boolean }>`
      select m.user_id as "userId", u.name, p.deceased_on is not null as "hasDied"
        from membership m join app_user u on u.id = m.user_id join patient p on p.practice_id = m.organization_id and p.id = m.patient_id
       where m.id = ${signIn.id}`.execute(tx.db)
    const { userId, name, hasDied } = rows[0]!
    if (userId === ctx.viewer.userId) return OWN
    if (hasDied) return refused('PatientDeceased', `${name} has died.`)
    const { practiceId, patientId, email } = signIn
    const whom = { id: signIn.id, role: 'patient', name, email, organizationId: practiceId, patientId }
    const asked = await ask(tx, ctx, whom, idempotencyKey, (invitationId) =>
      keepEvent(tx, ctx, { action: 'update', subject: 'PatientSignIn', subjectIds: [patientId, signIn.id, invitationId], practiceId }),
    )
    return isRefusal(asked) ? asked : (await signInById(tx, ctx, id))!
  })
}

interface Whom {
  /** Of the membership. */
  readonly id: string
  readonly role: string
  readonly name: string
  readonly email: string
  readonly organizationId: string
  readonly patientId: string | null
}

/** A new letter ends the link of the one before. */
async function ask(
  tx: Tx,
  ctx: Ctx,
  whom: Whom,
  idempotencyKey: string,
  note: (invitationId: string) => Promise<void>,
): Promise<string | Refusal> {
  const wish = { operation: 'renew-sign-in', idempotencyKey, input: { membershipId: whom.id } }
  return oncePerKey<'Invitation'>(tx, ctx, wish, async (fresh) => {
    const now = ctx.clock.now()
    // Two who ask at once follow one another: the second is to see the letter of the first before it counts.
    await sql`select pg_advisory_xact_lock(hashtext(${`renew-sign-in ${whom.id}`}))`.execute(tx.db)
    const refusal = await tooMany(tx, whom.id, now)
    if (refusal) return refusal
    await tx.db
      .updateTable('invitation')
      .set({ revoked_at: now.toISOString() })
      .where('renews', '=', whom.id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .execute()
    const [added] = await tx.db
      .insertInto('invitation')
      .values({
        id: fresh,
        organization_id: whom.organizationId,
        role: whom.role,
        patient_id: whom.patientId,
        renews: whom.id,
        name: whom.name,
        email: whom.email,
        invited_by: ctx.viewer.membershipId,
        created_at: now.toISOString(),
        expires_at: new Date(now.getTime() + RENEWAL_MS).toISOString(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    if (!added) return SENT_JUST_NOW
    await askForMail(tx, ctx, fresh)
    await note(fresh)
    return null
  })
}

async function tooMany({ db }: Tx, membershipId: string, now: Date): Promise<Refusal | null> {
  const rows = await db
    .selectFrom('invitation')
    .select('created_at')
    .where('renews', '=', membershipId)
    .where('created_at', '>', new Date(now.getTime() - RENEWAL_MS).toISOString())
    .execute()
  if (rows.some((row) => now.getTime() - Date.parse(row.created_at) < PAUSE_MS)) return SENT_JUST_NOW
  return rows.length < LETTERS_A_DAY ? null : LETTERS_USED_UP
}
