import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { folded } from '#shared/words-begin'
import { organizationAs } from './organization-as.ts'
import { recipientIn } from './guest-chart.ts'
import { categoriesFor, type ShareCategory } from './share-category.ts'
import type { ShareBasis } from './share-grant.entity.ts'

export interface SharedChartRow {
  readonly grantId: string
  readonly patientId: string
  readonly familyName: string
  readonly givenName: string
  readonly birthDate: Day | null
  readonly practice: OrganizationRow
  readonly categories: readonly ShareCategory[]
  readonly basis: ShareBasis
  readonly expiresAt: string
}

/** Charts that other practices opened to the acting one, by name. The names stand behind another wall: a definer function tells them. */
export async function sharedCharts(ctx: Ctx, page: PageWanted): Promise<Connection<SharedChartRow>> {
  // Only practices are shared with; nobody else may ask the function.
  const isPractice = recipientIn(ctx) === ctx.viewer.organizationId
  const list = isPractice ? await pageOf(await ctx.tx(), charts(ctx), page) : NONE
  const rows = list.edges.map(({ node }) => node)
  for (const [practiceId, of] of Map.groupBy(rows, ({ practice }) => practice.id))
    ctx.notes.push({
      action: 'read',
      subject: 'Chart',
      purpose: 'shared',
      subjectIds: [...new Set(of.map(({ patientId }) => patientId))],
      practiceId,
    })
  return mapPage(list, (row) => ({ ...row, categories: categoriesFor(ctx, row.categories) }))
}

const NONE = { edges: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 }

const charts = (ctx: Ctx): RawBuilder<SharedChartRow> => sql<SharedChartRow>`
    select s.grant_id as id, s.grant_id as "grantId", s.patient_id as "patientId", s.family_name as "familyName", s.given_name as "givenName",
           s.birth_date as "birthDate", ${organizationAs('o')} as practice, g.categories, g.basis, g.expires_at as "expiresAt",
           ${folded(sql`concat(s.family_name, chr(1), s.given_name)`)} as sorted
      from commons_shared_charts() s
      join share_grant g on g.id = s.grant_id
      join organization o on o.id = g.practice_id
     where g.recipient_id = ${recipientIn(ctx)}`
