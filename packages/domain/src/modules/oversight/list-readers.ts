import { abilityFor, isRoleName, type RoleName, roleNames, type SubjectName } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { sql } from 'kysely'
import { liveOn, opensOn } from '#modules/identity'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
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
 * A page of who could look at a practice's charts today: its own people, and shared staff with a live assignment or cover.
 * A patient reads one chart, the own one, and is not among them. Ids, not names.
 */
export async function listReaders(ctx: Ctx, practiceId: string, page: PageWanted): Promise<Connection<RecordReaderType>> {
  const today = ctx.clock.today(ctx.region.timeZone)
  const id = isUuid(practiceId) ? practiceId : null
  ctx.notes.push({ action: 'read', subject: 'AuditSeal', subjectIds: [], ...(id ? { practiceId: id } : {}) })
  const list = await pageOf(
    await ctx.tx(),
    sql<Row>`
    select r.*, concat_ws(chr(1), basis, role) as sorted from (
    select m.id, m.user_id, m.id as membership_id, m.role, m.organization_id, 'membership' as basis, m.starts_on as "from", m.ends_on as until
      from membership m where m.organization_id = ${id} and m.role <> 'patient' and ${liveOn('m', today)}
    union all
    select a.id, m.user_id, m.id, m.role, m.organization_id, a.kind, greatest(a.starts_on, m.starts_on), least(a.ends_on, m.ends_on)
      from care_assignment a join membership m on m.id = a.membership_id
     where a.practice_id = ${id} and ${opensOn('a', today, ctx.clock.now())} and ${liveOn('m', today)}
    ) r where r.role = any (${READERS}::text[])`,
    page,
  )
  const actorOf = await actors(
    ctx,
    list.edges.map(({ node }) => node),
  )
  return mapPage(list, (row) => ({
    actor: actorOf(row),
    basis: row.basis,
    from: row.from,
    until: row.until,
    opens: row.role === null || !isRoleName(row.role) ? [] : opensTo(row.role),
  }))
}

const RECORDS: readonly SubjectName[] = ['Chart', 'Identifiers', 'ClinicalRecord', 'ClinicalNote', 'SensitiveRecord']

const SOMEBODY = '00000000-0000-0000-0000-000000000000'

/** What the page of a role opens in a practice that it reaches. */
function opensTo(role: RoleName): string[] {
  const somebody = { userId: SOMEBODY, membershipId: SOMEBODY, organizationId: SOMEBODY, practiceIds: [SOMEBODY], patientId: null }
  const ability = abilityFor({ ...somebody, role })
  return RECORDS.filter((subject) => ability.can('read', subject))
}

const READERS = roleNames.filter((role) => opensTo(role).length > 0)
