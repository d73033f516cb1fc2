import { PermanentFailure } from '@carecommons/jobs'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Post } from '#modules/identity'
import type { Letter } from '#shared/mail'
import type { Sessions } from '#shared/sessions'
import { emergencyLetter, orphanedLetter } from './emergency-letter.ts'

interface Emergency {
  readonly id: string
  readonly practiceId: string
}

interface Administrator {
  readonly membership_id: string
  readonly name: string
  readonly email: string
  readonly is_told: boolean
}

/**
 * Tells every administrator of the practice that keeps the chart; where it has none, those of the coordinating body, who see to it that it
 * gets one and are told nothing of the chart. Each is noted as told when the letter has left, so that a delivery that
 * was cut short goes on with the others; one address that fails does not keep the letter from the next.
 */
export async function mailEmergency(sessions: Sessions, { mail, clock, publicUrl }: Post, emergency: Emergency): Promise<void> {
  const scope = { kind: 'worker', practiceIds: [emergency.practiceId] } as const
  const facts = await sessions.within(scope, async ({ db }) => {
    const { rows } = await sql<{ practice: string; openedAt: string; timeZone: string }>`
      select o.name as practice, e.opened_at as "openedAt", r.time_zone as "timeZone"
        from emergency_access e join organization o on o.id = e.practice_id join region r on r.id = o.region_id
       where e.id = ${emergency.id}`.execute(db)
    return rows[0]
  })
  if (!facts) throw new PermanentFailure('EmergencyMissing', 'The emergency that this letter tells of is not there.')
  const today = clock.today(facts.timeZone)
  const own = await administratorsOf(sessions, scope, emergency.id, { today, of: 'practice' })
  const isOrphaned = own.length === 0
  const administrators = isOrphaned ? await administratorsOf(sessions, scope, emergency.id, { today, of: 'region' }) : own
  if (administrators.length === 0)
    throw new PermanentFailure('NobodyToTell', 'Neither the practice nor the coordinating body has an administrator who could be told.')
  const letterTo = (to: Letter['to']) =>
    isOrphaned
      ? orphanedLetter(to, facts, `${publicUrl}/practices/${emergency.practiceId}`)
      : emergencyLetter(to, facts, `${publicUrl}/emergencies`)
  const failures: Error[] = []
  for (const { membership_id, name, email } of administrators.filter(({ is_told }) => !is_told)) {
    try {
      await mail.send(letterTo({ name, address: email }))
      await noteTold(sessions, scope, emergency.id, membership_id)
    } catch (error) {
      failures.push(error instanceof Error ? error : new Error(String(error)))
    }
  }
  // What can still succeed is tried again before anything is given up.
  const [failure] = failures.toSorted((a, b) => Number(a instanceof PermanentFailure) - Number(b instanceof PermanentFailure))
  if (failure !== undefined) throw failure
  await sessions.within(scope, ({ db }) =>
    db
      .updateTable('emergency_access')
      .set({ [isOrphaned ? 'region_told_at' : 'mailed_at']: clock.now().toISOString(), mail_failed_at: null })
      .where('id', '=', emergency.id)
      .where(isOrphaned ? 'region_told_at' : 'mailed_at', 'is', null)
      .execute(),
  )
}

/** Administrators at work of the practice that keeps the chart, or of the coordinating body of its region. */
async function administratorsOf(
  sessions: Sessions,
  scope: WorkerScope,
  emergencyId: string,
  { today, of }: { today: Day; of: 'practice' | 'region' },
): Promise<Administrator[]> {
  const [role, theirs] =
    of === 'practice'
      ? ['practice-administrator', sql`b.id = o.id`]
      : ['region-administrator', sql`b.region_id = o.region_id and b.kind = 'coordinating-body'`]
  return sessions.within(scope, async ({ db }) => {
    const { rows } = await sql<Administrator>`
      select m.id as membership_id, u.name, u.email, m.id = any (e.mailed_to) as is_told
        from emergency_access e join organization o on o.id = e.practice_id join organization b on ${theirs}
        join membership m on m.organization_id = b.id join app_user u on u.id = m.user_id
       where e.id = ${emergencyId} and m.role = ${role} and m.ended_at is null and m.starts_on <= ${today}
         and (m.ends_on is null or m.ends_on >= ${today}) order by m.id`.execute(db)
    return rows
  })
}

interface WorkerScope {
  readonly kind: 'worker'
  readonly practiceIds: readonly string[]
}

async function noteTold(sessions: Sessions, scope: WorkerScope, id: string, membershipId: string): Promise<void> {
  await sessions.within(scope, async ({ db }) => {
    await sql`
      update emergency_access set mailed_to = array_append(mailed_to, ${membershipId}::uuid)
       where id = ${id} and ${membershipId}::uuid <> all (mailed_to)`.execute(db)
  })
}

/** The last try failed: the practice's administrator is to see it beside the emergency. */
export async function noteEmergencyUnmailed(
  sessions: Sessions,
  { clock }: Pick<Post, 'clock'>,
  { id, practiceId }: Emergency,
): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: [practiceId] }, ({ db }) =>
    db.updateTable('emergency_access').set({ mail_failed_at: clock.now().toISOString() }).where('id', '=', id).execute(),
  )
}
