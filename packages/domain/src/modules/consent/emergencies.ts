import { isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { chartRoom, isOpen, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { organizationAs } from './organization-as.ts'
import { uuidOrNobody } from './reached-chart.ts'
import { written } from './words.ts'

export interface EmergencyRow {
  readonly id: string
  readonly patientId: string
  /** Null where the chart is not in the viewer's own reach. */
  readonly patientName: string | null
  readonly practice: OrganizationRow
  readonly userName: string
  readonly organization: OrganizationRow
  readonly reason: string
  readonly openedAt: string
  readonly expiresAt: string
  readonly endedAt: string | null
  readonly contestedByName: string | null
  readonly contestedAt: string | null
  readonly contestWords: string | null
  readonly mailedAt: string | null
  readonly mailFailedAt: string | null
  readonly regionToldAt: string | null
  readonly isOpen: boolean
  /** Whether the viewer may contest it: the administrator of the practice that keeps the chart. */
  readonly canContest: boolean
  /** After a contest: this person opens the chart in no emergency until it is lifted. */
  readonly isBarred: boolean
  readonly canLift: boolean
}

/** Emergencies that the viewer may know of, newest first: of the own practice for its administrator, else the own ones. */
export async function listEmergencies(ctx: Ctx, page: PageWanted): Promise<Connection<EmergencyRow>> {
  const list = await pageOf(await ctx.tx(), emergencies(ctx, sql`true`), page)
  const rows = list.edges.map(({ node }) => node)
  for (const [practiceId, of] of Map.groupBy(rows, ({ practice }) => practice.id))
    ctx.notes.push({
      action: 'read',
      subject: 'EmergencyAccess',
      subjectIds: [...new Set(of.map(({ patientId }) => patientId))],
      practiceId,
    })
  return list
}

/**
 * The practice's administrator says that this was no emergency: every opening of the chart by that person ends at once, her words are
 * kept, and the person is barred from the next opening until she lifts it.
 */
export async function contestEmergency(ctx: Ctx, id: string, why: string): Promise<EmergencyRow | Refusal> {
  const words = written(why, 'Why it is contested')
  if (isRefusal(words)) return words
  return await ctx.write(async (tx) => {
    const { rows } = await sql<Changed>`
      update emergency_access e
         set ended_at = least(e.expires_at, coalesce(e.ended_at, now())), contested_at = now(), contested_by_name = ${ctx.userName},
             contest_words = ${words}
       where e.id = ${uuidOrNobody(id)} and e.contested_at is null and ${contestable(ctx)}
      returning e.practice_id, e.patient_id, e.user_id, e.id`.execute(tx.db)
    const [contested] = rows
    if (!contested) return (await knownContestable(tx, ctx, id)) ?? notFound()
    const ended = await bar(tx, ctx, contested)
    const { practice_id: practiceId, patient_id } = contested
    await keepEvent(tx, ctx, { action: 'update', subject: 'EmergencyAccess', subjectIds: [patient_id, contested.id, ...ended], practiceId })
    return await emergencyById(tx, ctx, contested.id)
  })
}

/** Lets the person whose emergency was contested open the chart in an emergency again. Lifting it again changes nothing. */
export const liftEmergencyBar = (ctx: Ctx, id: string): Promise<EmergencyRow | Refusal> =>
  ctx.write(async (tx) => {
    const { rows } = await sql<Changed>`
      select e.practice_id, e.patient_id, e.user_id, e.id from emergency_access e
       where e.id = ${uuidOrNobody(id)} and e.contested_at is not null and ${contestable(ctx)}`.execute(tx.db)
    const [contested] = rows
    if (!contested) return notFound()
    const { practice_id: practiceId, patient_id, user_id } = contested
    await sql`
      update emergency_bar set lifted_at = now(), lifted_by_name = ${ctx.userName}
       where practice_id = ${practiceId} and patient_id = ${patient_id} and user_id = ${user_id} and lifted_at is null`.execute(tx.db)
    await keepEvent(tx, ctx, { action: 'update', subject: 'EmergencyAccess', subjectIds: [patient_id, contested.id], practiceId })
    return await emergencyById(tx, ctx, contested.id)
  })

interface Changed {
  readonly practice_id: string
  readonly patient_id: string
  readonly user_id: string
  readonly id: string
}

const notFound = (): Refusal => refused('EmergencyNotFound', 'There is no such emergency access in your practice.')

/** Contested before: its first words stay. */
async function knownContestable(tx: Tx, ctx: Ctx, id: string): Promise<EmergencyRow | undefined> {
  const { rows } = await emergencies(ctx, sql`e.id = ${uuidOrNobody(id)} and ${contestable(ctx)}`).execute(tx.db)
  return rows[0]
}

/** Ends what else this person has open of the chart, and bars the next. Answers what was ended. */
async function bar(tx: Tx, ctx: Ctx, { practice_id, patient_id, user_id }: Changed): Promise<string[]> {
  await sql`
    insert into emergency_bar (id, practice_id, patient_id, user_id, set_at, set_by_name)
    values (${newId<'EmergencyBar'>()}, ${practice_id}, ${patient_id}, ${user_id}, now(), ${ctx.userName})`.execute(tx.db)
  const { rows } = await sql<{ id: string }>`
    update emergency_access e set ended_at = now()
     where e.practice_id = ${practice_id} and e.patient_id = ${patient_id} and e.user_id = ${user_id} and ${isOpen('e')}
    returning e.id`.execute(tx.db)
  return rows.map((row) => row.id)
}

export async function emergencyById(tx: Tx, ctx: Ctx, id: string): Promise<EmergencyRow> {
  const { rows } = await emergencies(ctx, sql`e.id = ${id}`).execute(tx.db)
  if (!rows[0]) throw new Error('An emergency access that was just written is not there.')
  return rows[0]
}

/** Microseconds, some time in 2255: what is left until then puts the newest first, in sixteen digits. */
const LATEST = sql`9000000000000000`
const COLUMNS = { userId: 'e.user_id', practiceId: 'e.practice_id' }
const contestable = (ctx: Ctx) => room(ctx, 'update', 'EmergencyAccess', COLUMNS)

const barred = sql`exists (select from emergency_bar b
  where b.practice_id = e.practice_id and b.patient_id = e.patient_id and b.user_id = e.user_id and b.lifted_at is null)`

const emergencies = (ctx: Ctx, which: RawBuilder<unknown>): RawBuilder<EmergencyRow> => sql<EmergencyRow>`
    select e.id, e.patient_id as "patientId", p.family_name || ', ' || p.given_name as "patientName", ${organizationAs('o')} as practice,
           e.user_name as "userName", ${organizationAs('b')} as organization, e.reason, e.opened_at as "openedAt", e.expires_at as "expiresAt",
           e.ended_at as "endedAt", e.contested_by_name as "contestedByName", e.contested_at as "contestedAt", e.contest_words as "contestWords",
           e.mailed_at as "mailedAt", e.mail_failed_at as "mailFailedAt", e.region_told_at as "regionToldAt",
           (${isOpen('e')}) as "isOpen", (e.contested_at is null and ${contestable(ctx)}) as "canContest",
           (${barred}) as "isBarred", (e.contested_at is not null and ${barred} and ${contestable(ctx)}) as "canLift",
           (${LATEST} - (extract(epoch from e.opened_at) * 1000000)::bigint)::text as sorted
      from emergency_access e
      join organization o on o.id = e.practice_id
      join organization b on b.id = e.organization_id
      left join patient p on p.practice_id = e.practice_id and p.id = e.patient_id and ${chartRoom(ctx, 'p', 'id')}
     where ${which} and ${room(ctx, 'read', 'EmergencyAccess', COLUMNS)}`
