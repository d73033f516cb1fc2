import { ageOn, type Day, type Id, isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { chartRoom, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { isEmailAddress, keptEmail } from './email-address.ts'
import { askForMail, EMAIL_UNUSABLE, INVITATION_MS, ownEmail } from './invite-member.ts'
import { openSignInOf, type PatientSignIn, signInById } from './read-patient-sign-in.ts'

/** The age from which a patient reads the own chart as nobody's ward (45 CFR 164.502(g)(3) leaves it to the states; most say 18). */
const OF_AGE = 18

export interface NewPatientSignIn {
  readonly patientId: string
  readonly email: string
  readonly idempotencyKey: string
}

interface Chart {
  readonly id: string
  readonly practiceId: string
  readonly name: string
  readonly birthDate: Day | null
  readonly deceasedOn: Day | null
}

/** Asks a patient in to the own chart: whoever opens the letter's link reads that chart and nothing else. */
export async function invitePatient(ctx: Ctx, input: NewPatientSignIn): Promise<PatientSignIn | Refusal> {
  const email = keptEmail(input.email)
  if (!isEmailAddress(email)) return EMAIL_UNUSABLE
  return ctx.write(async (tx) => {
    const chart = await chartOf(tx, ctx, input.patientId)
    if (!chart) return refused('ChartNotFound', 'There is no such chart among those that you can open.')
    const wish = { operation: 'invite-patient', idempotencyKey: input.idempotencyKey, input: { patientId: chart.id, email } }
    const id = await oncePerKey<'Invitation'>(tx, ctx, wish, async (fresh) => {
      const refusal = (await whyNot(tx, ctx, chart, email)) ?? (await ask(tx, ctx, { id: fresh, chart, email }))
      if (refusal) return refusal
      await askForMail(tx, ctx, fresh)
      await keepEvent(tx, ctx, {
        action: 'create',
        subject: 'PatientSignIn',
        subjectIds: [chart.id, fresh],
        practiceId: chart.practiceId,
      })
      return null
    })
    if (isRefusal(id)) return id
    // Asked for again under the same key, it may have been accepted since.
    return (
      (await signInById(tx, ctx, id)) ?? (await openSignInOf(tx, ctx, chart.id)) ?? refused('InvitationOver', 'This invitation is over.')
    )
  })
}

async function chartOf({ db }: Tx, ctx: Ctx, patientId: string): Promise<Chart | null> {
  if (!isUuid(patientId)) return null
  const { rows } = await sql<Chart>`
    select p.id, p.practice_id as "practiceId", btrim(p.given_name || ' ' || p.family_name) as name, p.birth_date as "birthDate",
           p.deceased_on as "deceasedOn"
      from patient p
     where p.id = ${patientId} and ${chartRoom(ctx, 'p', 'id')} and ${room(ctx, 'create', 'PatientSignIn', { practiceId: 'p.practice_id' })}`.execute(
    db,
  )
  return rows[0] ?? null
}

/** Children, and those who act for a patient, have no sign-in here: what each of them may read differs by state and by record. */
async function whyNot(tx: Tx, ctx: Ctx, { id, name, birthDate, deceasedOn, practiceId }: Chart, email: string): Promise<Refusal | null> {
  if (deceasedOn !== null) return refused('PatientDeceased', `${name} has died.`)
  if (birthDate === null) return refused('BirthDateMissing', `The chart does not tell the day when ${name} was born; only adults sign in.`)
  if (ageOn(birthDate, ctx.clock.today(ctx.region.timeZone)) < OF_AGE)
    return refused('PatientUnderAge', `${name} is younger than ${OF_AGE}; only adults sign in.`)
  if ((await ownEmail(tx, ctx)) === email) return refused('OwnInvitation', 'Nobody opens a chart to their own address; ask a colleague.')
  const there = await openSignInOf(tx, ctx, id)
  if (there?.state === 'active') return refused('SignInHeldAlready', `${name} signs in already, as ${there.email}.`)
  if (there?.state === 'invited')
    return refused('InvitedAlready', `${name} has an invitation, sent to ${there.email}; end it to send another.`)
  // Its week is over: the new one takes its place.
  if (there?.state === 'expired')
    await tx.db.updateTable('invitation').set({ revoked_at: ctx.clock.now().toISOString() }).where('id', '=', there.id).execute()
  const { rows } = await sql`
    select from membership m join app_user u on u.id = m.user_id
     where m.organization_id = ${practiceId} and m.patient_id is not null and m.ended_at is null and u.email = ${email}`.execute(tx.db)
  return rows.length === 0 ? null : OTHER_CHART
}

const OTHER_CHART = refused(
  'AddressInUse',
  'This address signs in to, or was invited to, another chart of this practice. Each patient needs an address of their own.',
)

async function ask(
  { db }: Tx,
  ctx: Ctx,
  { id, chart, email }: { id: Id<'Invitation'>; chart: Chart; email: string },
): Promise<Refusal | null> {
  const now = ctx.clock.now()
  const [added] = await db
    .insertInto('invitation')
    .values({
      id,
      organization_id: chart.practiceId,
      role: 'patient',
      patient_id: chart.id,
      name: chart.name,
      email,
      invited_by: ctx.viewer.membershipId,
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + INVITATION_MS).toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return added ? null : OTHER_CHART
}
