import { sql } from 'kysely'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import type { Ctx } from '#shared/context'
import type { AuditChainType } from './oversight.graphql.ts'

const NO_PRACTICE = '00000000-0000-0000-0000-000000000000'

/** How far each practice's audit is sealed. */
export async function listChains(ctx: Ctx): Promise<AuditChainType[]> {
  const { db } = await ctx.tx()
  ctx.notes.push({ action: 'read', subject: 'AuditSeal', subjectIds: [] })
  const { rows } = await sql<{ chain: string; sealed: number; waiting: number; until: string | null }>`
    select coalesce(s.chain, w.chain) as chain, coalesce(s.sealed, 0) as sealed, coalesce(w.waiting, 0) as waiting, s.until
      from (select chain, count(*)::int as sealed, max(sealed_at)::text as until from audit_seal group by chain) s
      full join (select coalesce(e.practice_id, ${NO_PRACTICE}::uuid) as chain, count(*)::int as waiting from audit_event e
                  where not exists (select from audit_seal s where s.event_id = e.id) group by 1) w on w.chain = s.chain`.execute(db)
  const organizations =
    rows.length === 0
      ? new Map<string, OrganizationRow>()
      : await organizationsById(
          ctx,
          rows.map(({ chain }) => chain),
        )
  return rows
    .map(({ chain, sealed, waiting, until }) => ({ practice: organizations.get(chain) ?? null, sealed, waiting, sealedUntil: until }))
    .sort((a, b) => (a.practice?.name ?? '').localeCompare(b.practice?.name ?? '', 'en'))
}
