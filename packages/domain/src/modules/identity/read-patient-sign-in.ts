import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { chartRoom, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { folded, wordsBegin } from '#shared/words-begin'

/** A patient's way to the own chart: an invitation, and the membership that came of it. */
export interface PatientSignIn {
  readonly id: string
  readonly kind: 'invitation' | 'membership'
  readonly patientId: string
  readonly practiceId: string
  readonly email: string
  readonly state: 'invited' | 'expired' | 'active' | 'ended' | 'refused'
  /** These three of the invitation; of who signs in, of the letter that lets them choose new ways to. */
  readonly sentAt: string | null
  readonly mailFailedAt: string | null
  readonly expiresAt: string | null
  readonly startsOn: Day | null
  readonly lastSignedInAt: string | null
}

/** What opens a chart to its patient now, or is to: there is one at most. */
export async function patientSignInOf(ctx: Ctx, patientId: string): Promise<PatientSignIn | null> {
  const tx = await ctx.tx()
  const id = isUuid(patientId) ? patientId : NOBODY
  const { rows: charts } = await sql`select from patient p where p.id = ${id} and ${chartRoom(ctx, 'p', 'id')}`.execute(tx.db)
  const isThere = charts.length > 0
  ctx.notes.push({
    action: 'read',
    subject: 'PatientSignIn',
    subjectIds: isUuid(patientId) ? [patientId] : [],
    outcome: isThere ? 'allowed' : 'not-found',
  })
  return isThere ? openSignInOf(tx, ctx, id) : null
}

export interface ChartSignIn {
  readonly id: string
  readonly patientId: string
  readonly patientName: string
  readonly signIn: PatientSignIn
}

/** A page of what opens charts of the own practice to their patients now, or is to, by name of the patient. */
export async function listPatientSignIns(ctx: Ctx, search: string | null, page: PageWanted): Promise<Connection<ChartSignIn>> {
  const tx = await ctx.tx()
  const list = await pageOf(
    tx,
    sql<PatientSignIn & { patientName: string }>`
      select s.*, concat_ws(', ', p.family_name, p.given_name) as "patientName",
             ${folded(sql`concat(p.family_name, chr(1), p.given_name)`)} as sorted
        from (${signIns(ctx, sql`s.state <> 'ended'`)}) s join patient p on p.practice_id = s."practiceId" and p.id = s."patientId"
       where ${chartRoom(ctx, 'p', 'id')} and ${wordsBegin(search, 'p.family_name', 'p.given_name', 's.email')}`,
    page,
  )
  const subjectIds = list.edges.map(({ node }) => node.patientId)
  const practiceId = list.edges[0]?.node.practiceId ?? ctx.viewer.practiceIds[0]
  for (const subject of subjectIds.length > 0 ? (['PatientSignIn', 'Chart'] as const) : (['PatientSignIn'] as const))
    ctx.notes.push({ action: 'read', subject, subjectIds, ...(practiceId === undefined ? {} : { practiceId }) })
  return mapPage(list, ({ patientName, ...signIn }) => ({ id: signIn.id, patientId: signIn.patientId, patientName, signIn }))
}

export async function openSignInOf(tx: Tx, ctx: Ctx, patientId: string): Promise<PatientSignIn | null> {
  const [found] = await select(tx, ctx, sql`s.patient_id = ${patientId} and s.state <> 'ended'`)
  return found ?? null
}

export async function signInById(tx: Tx, ctx: Ctx, id: string): Promise<PatientSignIn | null> {
  const [found] = await select(tx, ctx, sql`s.id = ${isUuid(id) ? id : NOBODY}`)
  return found ?? null
}

async function select({ db }: Tx, ctx: Ctx, which: RawBuilder<SqlBool>): Promise<PatientSignIn[]> {
  const { rows } = await sql<PatientSignIn>`select * from (${signIns(ctx, which)}) s order by s.kind desc, s.id desc`.execute(db)
  return rows
}

function signIns(ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<PatientSignIn> {
  const now = ctx.clock.now().toISOString()
  return sql<PatientSignIn>`
    select s.id, s.kind, s.patient_id as "patientId", s.practice_id as "practiceId", s.email, s.state, s.sent_at as "sentAt",
           s.mail_failed_at as "mailFailedAt", s.expires_at as "expiresAt", s.starts_on as "startsOn", s.last_signed_in_at as "lastSignedInAt"
      from (select i.id, 'invitation' as kind, i.patient_id, i.organization_id as practice_id, i.email,
                   case when i.revoked_at is not null and i.wrong_birth_dates >= 3 and not exists (
                               select from invitation n where n.organization_id = i.organization_id and n.patient_id = i.patient_id and n.id > i.id) then 'refused'
                        when i.revoked_at is not null then 'ended' when i.expires_at <= ${now} then 'expired' else 'invited' end as state,
                   i.sent_at, i.mail_failed_at, i.expires_at, null::date as starts_on, null::timestamptz as last_signed_in_at
              from invitation i where i.role = 'patient' and i.renews is null and i.accepted_at is null
             union all
            select m.id, 'membership', m.patient_id, m.organization_id, u.email, case when m.ended_at is null then 'active' else 'ended' end,
                   w.sent_at, w.mail_failed_at, w.expires_at, m.starts_on, m.last_signed_in_at
              from membership m join app_user u on u.id = m.user_id
              left join invitation w on w.renews = m.id and w.accepted_at is null and w.revoked_at is null and w.expires_at > ${now} and m.ended_at is null
             where m.patient_id is not null) s
     where ${which} and ${room(ctx, 'read', 'PatientSignIn', { practiceId: 's.practice_id' })}`
}

/** Nothing has the nil UUID: a malformed id goes the same way as a missing one, and takes the same time. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
