import { conditionGroups } from '@carecommons/cql'
import { foldForSearch } from '@carecommons/interop'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { chartColumns, openCharts, openSummaries, showCharts } from '#modules/patient'
import { hasOpenGap } from '#modules/quality'
import { badInput, pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { behind, orderBy, type PatientOrderName, patientOrders, readCursor, writeCursor } from './patient-order.ts'
import type { PatientConnectionType } from './registry.graphql.ts'

export interface PatientFilter {
  /** Every word is the start of a name, of the record number, or of the birth date. */
  readonly search?: string | null
  /** Key of a condition group. */
  readonly condition?: string | null
  /** Id of a measure in which the newest published run found a gap. */
  readonly openGap?: string | null
}

interface PageOf {
  readonly first?: number | null
  readonly after?: string | null
  readonly sort: PatientOrderName
}

/** A page of the practice's registry. The dead are listed only when searched for. */
export async function listPatients(ctx: Ctx, filter: PatientFilter, { first, after, sort }: PageOf): Promise<PatientConnectionType> {
  const size = pageSize(first, 50)
  const place = after == null ? null : readCursor(sort, after)
  const words = searchWords(filter.search)
  if (filter.condition != null && !conditionGroups.some(({ key }) => key === filter.condition))
    throw badInput('There is no such condition group.')

  const tx = await ctx.tx()
  const rows = await openCharts(tx, ctx)
    .where(narrowing(filter, words))
    .select(chartColumns)
    .select(sql<string | null>`${sql.ref(`s.${patientOrders[sort].column}`)}::text`.as('sorted'))
    .$if(place !== null, (query) => query.where(behind(sort, place!)))
    .orderBy(orderBy(sort))
    .limit(size + 1)
    .execute()
  const page = rows.slice(0, size)
  const cursors = page.map(({ sorted, id }) => writeCursor(sort, { value: sorted, id }))
  const nodes = await showCharts(ctx, tx, page)
  return {
    edges: nodes.map((node, index) => ({ cursor: cursors[index]!, node })),
    pageInfo: { hasNextPage: rows.length > size, endCursor: cursors.at(-1) ?? null },
    count: () => countPatients(ctx, filter, words),
  }
}

async function countPatients(ctx: Ctx, filter: PatientFilter, words: readonly string[]): Promise<number> {
  const tx = await ctx.tx()
  const row = await openSummaries(tx, ctx)
    .where(narrowing(filter, words))
    .select(sql<number>`count(*)::int`.as('charts'))
    .executeTakeFirstOrThrow()
  return row.charts
}

/** Of the summary `s`. */
function narrowing({ condition, openGap }: PatientFilter, words: readonly string[]): RawBuilder<SqlBool> {
  const all = words.length === 0 ? [sql`not s.deceased`] : words.map(foundBy)
  if (condition != null) all.push(hasCondition(condition))
  if (openGap != null) all.push(hasOpenGap(openGap))
  return sql`${sql.join(all, sql` and `)}`
}

const hasCondition = (condition: string) =>
  sql<SqlBool>`exists (
    select from patient_condition c where c.practice_id = s.practice_id and c.condition = ${condition} and c.patient_id = s.patient_id)`

/** Plain comparison: row-level security lets only leakproof operators use the index, and `like` is not one. */
const foundBy = (word: string) =>
  sql<SqlBool>`(s.practice_id, s.patient_id) in (
    select f.practice_id, f.patient_id from patient_search f where f.term >= ${word} and f.term < ${`${word}\u{10ffff}`})`

const MOST_WORDS = 6

function searchWords(search: string | null | undefined): string[] {
  const words = foldForSearch(search ?? '')
    .split(/[\s,.]+/)
    .filter((word) => word !== '')
  return words.slice(0, MOST_WORDS).map((word) => word.slice(0, 100))
}
