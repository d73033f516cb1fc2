import { readChainStates } from '#modules/audit'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import type { Ctx } from '#shared/context'
import type { AuditChainType } from './oversight.graphql.ts'

/** How far each practice's audit is sealed. */
export async function listChains(ctx: Ctx): Promise<AuditChainType[]> {
  const { db } = await ctx.tx()
  ctx.notes.push({ action: 'read', subject: 'AuditSeal', subjectIds: [] })
  const rows = await readChainStates(db)
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
