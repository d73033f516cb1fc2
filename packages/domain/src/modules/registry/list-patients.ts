import { foldForSearch } from '@carecommons/interop'
import { isUuid } from '@carecommons/kernel'
import type { Expression, SqlBool } from 'kysely'
import { CHART_COLUMNS, type ChartRow, showCharts } from '#modules/patient'
import {
  comingAmong,
  hasComingGap,
  hasOpenGap,
  isFirstComing,
  isInPopulation,
  labelledGaps,
  labelledIn,
  readComingState,
} from '#modules/quality'
import { isInRegistry, labelledInRegistry } from '#modules/registries'
import { badInput, pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteCountedLabels, noteSensitive } from '#shared/note-sensitive'
import { chartRoom, isOpen, recordRoom, room, sensitiveRoom } from '#shared/room'
import { column, joined, type Written, written } from '#shared/written'
import { type KeptOrder, keptOrderOf } from './kept-order.ts'
import { assertFilter, type PatientFilter } from './patient-filter.ts'
import { behind, orderBy, type PatientOrder, patientOrders, type Place, readCursor, writeCursor } from './patient-order.ts'
import type { PatientConnectionType } from './registry.graphql.ts'

interface PageOf {
  readonly first?: number | null
  readonly after?: string | null
  readonly sort: PatientOrder
}

/** A page of the practice's registry. The dead are listed only when searched for, or counted in a score. */
export async function listPatients(ctx: Ctx, asked: PatientFilter, { first, after, sort: by }: PageOf): Promise<PatientConnectionType> {
  // Of their own risk patients are told nothing, nor by a place in an order.
  const isOwn = ctx.viewer.patientId !== null
  const filter = isOwn ? { ...asked, tier: null } : asked
  const sort: PatientOrder = isOwn && by.name === 'RISK' ? { name: 'NAME', reversed: false } : by
  const size = pageSize(first, 50)
  const place = after == null ? null : readCursor(sort, after)
  const words = searchWords(filter.search)
  assertFilter(filter)
  if (sort.name === 'DUE' && !filter.comingGap) throw badInput("'sort: DUE' needs 'comingGap', which says of what and how far ahead.")

  const tx = await ctx.tx()
  const { rows } = await tx.db.executeQuery(pageOf(ctx, { filter, words, place, sort, most: size + 1 }))
  const page = rows.slice(0, size)
  const cursors = page.map(({ sorted, id }) => writeCursor(sort, { value: sorted, id }))
  const nodes = await showCharts(ctx, tx, page)
  noteSensitive(ctx, await labelledAmong(ctx, filter, page))
  return {
    edges: nodes.map((node, index) => ({ cursor: cursors[index]!, node })),
    pageInfo: { hasNextPage: rows.length > size, endCursor: cursors.at(-1) ?? null },
    count: () => countPatients(ctx, filter, words),
    comingGapsState: () => readComingState(ctx),
  }
}

/** Of a page those whom a labelled record put there: that they are listed tells of it. */
async function labelledAmong(
  ctx: Ctx,
  { condition, openGap, comingGap, registry, inPopulation }: PatientFilter,
  page: readonly Pick<ChartRow, 'id'>[],
): Promise<LabelledRow[]> {
  if (page.length === 0 || !ctx.ability.can('read', 'SensitiveRecord')) return []
  const ids = page.map(({ id }) => id)
  return [
    ...(condition == null ? [] : await labelledCarriers(ctx, condition, ids)),
    ...(openGap == null ? [] : await labelledGaps(ctx, openGap, ids)),
    ...(comingGap == null ? [] : await comingAmong(ctx, comingGap, ids)),
    ...(registry == null ? [] : await labelledInRegistry(ctx, registry, ids)),
    ...(inPopulation == null ? [] : await labelledIn(ctx, inPopulation, ids)),
  ]
}

async function labelledCarriers(ctx: Ctx, condition: string, ids: readonly string[]): Promise<LabelledRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await db.executeQuery(written<LabelledRow>`
    select c.practice_id, c.patient_id, c.sensitivity from patient_condition c
     where c.patient_id = any (${ids}::uuid[]) and c.condition = ${condition} and c.sensitivity is not null and ${recordRoom(ctx, 'c', 'problems')}`)
  return rows
}

interface Wanted {
  readonly filter: PatientFilter
  readonly words: readonly string[]
  readonly place: Place | null
  readonly sort: PatientOrder
  readonly most: number
}

const pageOf = (ctx: Ctx, wanted: Wanted) => written<ChartRow & { readonly sorted: string | null }>`
  select ${CHART_COLUMNS}, ${column(`s.${patientOrders[wanted.sort.name].column}`)}::text as sorted
    from (${firstSummaries(ctx, wanted)}) s join patient p on p.practice_id = s.practice_id and p.id = s.patient_id
   order by ${orderBy(wanted.sort)} limit ${wanted.most}`

/** The first summaries `s` in an order. */
function firstSummaries(ctx: Ctx, { filter, words, place, sort, most }: Wanted): Written {
  const kept = sort.name === 'RISK' ? keptOrderOf(ctx, filter, words) : null
  if (kept && isBare(kept.rest)) {
    // Their places first, from the index alone: joined at once, the planner reads every summary of the practice.
    const all = [...inKeptOrder(ctx, kept), ...(place ? [behind(sort, place, 'k')] : [])]
    const first = firstOfEach(ctx, written`select k.practice_id, k.patient_id, k.risk_rank from ${kept.table} k`, {
      all,
      row: 'k',
      sort,
      most,
      practice: filter.practice,
    })
    return written`select s.* from (${first}) k join patient_summary s on s.practice_id = k.practice_id and s.patient_id = k.patient_id where ${chartRoom(ctx, 's')}`
  }
  const isByDay = sort.name === 'DUE' && filter.comingGap != null
  const row = isByDay ? 'd' : 's'
  const all = [
    chartRoom(ctx, 's'),
    narrowing(ctx, isByDay ? { ...filter, comingGap: null } : filter, words),
    ...(isByDay ? [isFirstComing(ctx, filter.comingGap!, 'd')] : []),
    ...(place ? [behind(sort, place, row)] : []),
  ]
  return firstOfEach(ctx, isByDay ? BY_DAY : bySummary(sort), { all, row, sort, most, practice: filter.practice })
}

interface FirstOf {
  readonly all: readonly Expression<SqlBool>[]
  /** The table whose index has the order. */
  readonly row: string
  readonly sort: PatientOrder
  readonly most: number
  readonly practice: string | null | undefined
}

/**
 * The first rows in an order. Somebody who works for several practices gets the first of each, out of which come the first of all: an index
 * has the order of one practice, and reading on through twelve is cheaper than sorting sixty thousand charts.
 */
function firstOfEach({ viewer: { practiceIds } }: Ctx, from: Written, { all, row, sort, most, practice }: FirstOf): Written {
  const isOne = practiceIds.length < 2 || practice != null
  const ofReach = written<SqlBool>`${column(`${row}.practice_id`)} = reach.practice_id`
  const conditions = [...all, ...(isOne ? [] : [ofReach]), ...(practice == null ? [] : [isOfPractice(practice, row)])]
  const first = written`${from} where ${joined(conditions, ' and ')} order by ${orderBy(sort, row)} limit ${most}`
  if (isOne) return first
  return written`
    select s.* from unnest(${[...practiceIds]}::uuid[]) as reach (practice_id) cross join lateral (${first}) s
     order by ${orderBy(sort)} limit ${most}`
}

/** All but the rank of risk, which is not open to everybody who lists. */
const SUMMARY = joined(
  [
    ...[
      'practice_id',
      'patient_id',
      'sort_name',
      'birth_date',
      'deceased',
      'a1c',
      'a1c_on',
      'systolic',
      'diastolic',
      'blood_pressure_on',
      'phq9',
    ],
    ...['phq9_on', 'last_visit_on', 'care_manager', 'last_contact_on', 'open_gaps', 'resource_count'],
  ].map((name) => column(`s.${name}`)),
  ', ',
)
const bySummary = ({ name }: PatientOrder): Written =>
  written`select ${SUMMARY}${name === 'RISK' ? written`, s.risk_rank` : written``} from patient_summary s`
/** The index of coming gaps has the days in order. */
const BY_DAY = written`
  select ${SUMMARY}, d.due_on from coming_gap d join patient_summary s on s.practice_id = d.practice_id and s.patient_id = d.patient_id`

async function countPatients(ctx: Ctx, filter: PatientFilter, words: readonly string[]): Promise<number> {
  const tx = await ctx.tx()
  const kept = keptOrderOf(ctx, filter, words)
  // Whoever reads one chart of a practice, not all, is not told how many it has.
  const counting =
    words.length === 0 && isBare(filter) && ctx.viewer.patientId === null
      ? livingIn(ctx)
      : kept && isBare(kept.rest)
        ? countKept(ctx, kept)
        : countOf(ctx, filter, words)
  const { rows } = await tx.db.executeQuery(counting)
  if (!isBare(filter)) await noteCounted(ctx, filter, words)
  return rows[0]!.charts
}

/** Narrowed by nothing but words. */
const isBare = ({ search: _, ...narrows }: PatientFilter): boolean => Object.values(narrows).every((one) => one == null)

const countKept = (ctx: Ctx, kept: KeptOrder) => written<{ readonly charts: number }>`
  select count(*)::int as charts from ${kept.table} k where ${joined(inKeptOrder(ctx, kept), ' and ')}`

const inKeptOrder = (ctx: Ctx, { holds, tier, practice }: KeptOrder): Expression<SqlBool>[] => [
  chartRoom(ctx, 'k'),
  holds,
  ...ofTier(tier, 'k'),
  ...(practice == null ? [] : [isOfPractice(practice, 'k')]),
]

/** Labelled records that put somebody among the counted, on whichever page they are. */
async function noteCounted(ctx: Ctx, filter: PatientFilter, words: readonly string[]): Promise<void> {
  if (ctx.viewer.patientId !== null || !ctx.ability.can('read', 'SensitiveRecord')) return
  const { db } = await ctx.tx()
  const { rows } = await db.executeQuery(written<{ readonly id: string }>`
    select s.patient_id as id from patient_summary s
     where ${chartRoom(ctx, 's')} and ${narrowing(ctx, filter, words)} and s.patient_id in (${chartsOpened(ctx)})`)
  const labelled = await labelledAmong(ctx, filter, rows)
  for (const [practiceId, of] of Map.groupBy(labelled, ({ practice_id }) => practice_id))
    noteCountedLabels(
      ctx,
      of.flatMap(({ sensitivity }) => sensitivity ?? []),
      practiceId,
    )
}

/** Charts of which something labelled is open to the viewer. */
const chartsOpened = (ctx: Ctx) => written`
  select agreed.patient_id from consent agreed
   where agreed.category is not null and agreed.recipient_id = ${ctx.viewer.organizationId} and ${isOpen('agreed')}
  union all
  select broken.patient_id from emergency_access broken where broken.membership_id = ${ctx.viewer.membershipId} and ${isOpen('broken')}`

const countOf = (ctx: Ctx, filter: PatientFilter, words: readonly string[]) => written<{ readonly charts: number }>`
  select count(*)::int as charts from patient_summary s where ${chartRoom(ctx, 's')} and ${narrowing(ctx, filter, words)}`

const livingIn = (ctx: Ctx) => written<{ readonly charts: number }>`
  select coalesce(sum(r.living), 0)::int as charts from registry_count r where ${room(ctx, 'read', 'Chart', { practiceId: 'r.practice_id' })}`

/** Of the summary `s`. */
function narrowing(
  ctx: Ctx,
  { practice, condition, clinician, careManager, openGap, comingGap, registry, inPopulation, tier }: PatientFilter,
  words: readonly string[],
): Written<SqlBool> {
  const all: Expression<SqlBool>[] =
    words.length === 0 && inPopulation == null ? [written`not s.deceased`] : words.map((word) => foundBy(ctx, word))
  if (practice != null) all.push(isOfPractice(practice, 's'))
  if (condition != null) all.push(hasCondition(ctx, condition))
  if (clinician != null) all.push(isOfPanel(clinician))
  if (careManager != null) all.push(written`s.care_manager = ${careManager}`)
  if (openGap != null) all.push(hasOpenGap(ctx, openGap))
  if (comingGap != null) all.push(hasComingGap(ctx, comingGap))
  if (registry != null) all.push(isInRegistry(ctx, registry))
  if (inPopulation != null) all.push(isInPopulation(ctx, inPopulation))
  all.push(...ofTier(tier, 's'))
  return joined(all, ' and ')
}

/** A plain comparison, which an index serves. */
const isOfPractice = (practice: string, row: string): Written<SqlBool> =>
  isUuid(practice) ? written`${column(`${row}.practice_id`)} = ${practice}` : written`false`

const ofTier = (tier: number | null | undefined, row: string): Expression<SqlBool>[] => {
  const rank = column(`${row}.risk_rank`)
  return tier == null ? [] : [written`(${rank} >= ${tier * 100} and ${rank} < ${tier * 100 + 100})`]
}

const isOfPanel = (clinician: string) =>
  written<SqlBool>`exists (select from patient o where o.practice_id = s.practice_id and o.id = s.patient_id and o.clinician = ${clinician})`

const hasCondition = (ctx: Ctx, condition: string) =>
  written<SqlBool>`exists (
    select from patient_condition c where c.practice_id = s.practice_id and c.condition = ${condition} and c.patient_id = s.patient_id
       and ${sensitiveRoom(ctx, 'c')})`

/**
 * Plain comparison: row-level security lets only leakproof operators use the index, and `like` is not one. Record numbers are found by who
 * may read them only, or their digits could be asked for one by one.
 */
const foundBy = (ctx: Ctx, word: string) =>
  written<SqlBool>`(s.practice_id, s.patient_id) in (
    select f.practice_id, f.patient_id from patient_search f where f.term >= ${word} and f.term < ${`${word}\u{10ffff}`}
       ${ctx.ability.can('read', 'Identifiers') ? written`` : written`and (f.term !~ '[0-9]' or f.term ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')`})`

const MOST_WORDS = 6

function searchWords(search: string | null | undefined): string[] {
  const words = foldForSearch(search ?? '')
    .split(/[\s,.]+/)
    .filter((word) => word !== '')
  return words.slice(0, MOST_WORDS).map((word) => word.slice(0, 100))
}
