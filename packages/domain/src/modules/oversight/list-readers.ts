import { abilityFor, isRoleName, type SubjectName } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { sql } from 'kysely'
import { liveOn } from '#modules/identity'
import type { Ctx } from '#shared/context'
import { actors, type AuditRow } from './audit-rows.ts'
import type { RecordReaderType } from './oversight.graphql.ts'

interface Row extends Pick<AuditRow, 'membership_id' | 'role'> {
  readonly user_id: string
  readonly organization_id: string
  readonly basis: string
  readonly from: Day
  readonly until: Day | null
}

/**
 * Who could look at a practice's charts today: its own people, and shared staff with a live assignment or cover.
 * A patient reads one chart, the own one, and is not among them. Ids, not names.
 */
export async function listReaders(ctx: Ctx, practiceId: string): Promise<RecordReaderType[]> {
  const { db } = await ctx.tx()
  const today = ctx.clock.today(ctx.region.timeZone)
  const id = isUuid(practiceId) ? practiceId : null
  ctx.notes.push({ action: 'read', subject: 'AuditSeal', subjectIds: [], ...(id ? { practiceId: id } : {}) })
  const { rows } = await sql<Row>`
    select m.user_id, m.id as membership_id, m.role, m.organization_id, 'membership' as basis, m.starts_on as "from", m.ends_on as until
      from membership m where m.organization_id = ${id} and m.role <> 'patient' and ${liveOn('m', today)}
    union all
    select m.user_id, m.id, m.role, m.organization_id, a.kind, greatest(a.starts_on, m.starts_on), least(a.ends_on, m.ends_on)
      from care_assignment a join membership m on m.id = a.membership_id
     where a.practice_id = ${id} and ${liveOn('a', today)} and ${liveOn('m', today)}
     order by basis, role, membership_id`.execute(db)
  const actorOf = await actors(ctx, rows)
  return rows
    .map((row) => ({ actor: actorOf(row), basis: row.basis, from: row.from, until: row.until, opens: opensTo(row, id!) }))
    .filter(({ opens }) => opens.length > 0)
}

const RECORDS: readonly SubjectName[] = ['Chart', 'Identifiers', 'ClinicalRecord', 'ClinicalNote', 'SensitiveRecord']

function opensTo({ user_id, membership_id, role, organization_id }: Row, practiceId: string): string[] {
  if (role === null || !isRoleName(role)) return []
  const viewer = {
    userId: user_id,
    membershipId: membership_id ?? '',
    role,
    organizationId: organization_id,
    practiceIds: [practiceId],
    patientId: null,
  }
  const ability = abilityFor(viewer)
  return RECORDS.filter((subject) => ability.can('read', subject))
}
