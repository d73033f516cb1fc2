import { scopeFor } from '@carecommons/access'
import { newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { assertFilter, isClinical, type PatientColumnName, type PatientFilter, type PatientOrderName } from '#modules/registry'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { shortText } from '#shared/short-text'
import { type StandingView, viewFor, type ViewRow } from './read-views.ts'
import type { ViewAudience, ViewPart } from './saved-view.entity.ts'

export interface SaveView {
  /** Absent: a new one. */
  readonly id?: string | null
  /** The version that was changed. */
  readonly version?: number | null
  readonly name: string
  readonly audience: ViewAudience
  readonly filter: Omit<PatientFilter, 'search'>
  readonly sort: PatientOrderName
  readonly reversed: boolean
  readonly columns: readonly PatientColumnName[]
}

const MOST_OWN = 100

/**
 * Keeps a view of the patients' list, for oneself or for everybody of a practice. The same new view asked for twice is kept once; of two
 * who change one at the same time the second is told what the first changed.
 */
export async function saveView(ctx: Ctx, input: SaveView): Promise<ViewRow | Refusal> {
  const wanted = fitting(ctx, input)
  if ('code' in wanted) return wanted
  return ctx.write(async (tx) =>
    input.id == null ? add(tx, ctx, wanted) : change(tx, ctx, { ...wanted, id: input.id, version: input.version ?? 0 }),
  )
}

/** Nobody opens it any more. Doing it again changes nothing. */
export const withdrawView = (ctx: Ctx, { id, version }: { id: string; version: number }): Promise<ViewRow | Refusal> =>
  ctx.write(async (tx) => {
    const view = await viewFor(tx, ctx, 'end', id)
    if (!view) return NOT_FOUND
    if (view.ended_at !== null) return noted(tx, ctx, 'end', view)
    if (view.version !== version) return changedMeanwhile(view, version)
    const { rows } = await sql<{ id: string }>`
      update saved_view v set ended_at = now(), changed_by_name = ${ctx.userName}, changed_at = now(), version = version + 1
       where v.id = ${id} and v.version = ${version} and v.ended_at is null returning id`.execute(tx.db)
    if (rows.length === 0) return overtaken(tx, ctx, id, version)
    return noted(tx, ctx, 'end', view)
  })

interface Wanted extends Omit<SaveView, 'id' | 'version'> {
  readonly practiceId: string | null
  readonly clinical: boolean
}

const NOT_FOUND = refused('ViewNotFound', 'There is no such view among those that you may change.')

function fitting(ctx: Ctx, input: SaveView): Wanted | Refusal {
  const name = shortText(input.name, 'The name')
  if (typeof name !== 'string') return name
  assertFilter(input.filter)
  const clinical = isClinical(input.filter, input.sort)
  if (clinical && !ctx.ability.can('read', 'ClinicalRecord'))
    return refused('FilterNotYours', 'A view by conditions, gaps, risk or values is for those who read clinical records.')
  const scope = scopeFor(ctx.viewer)
  const { practice = null, ...rest } = input.filter
  const practiceId = 'practiceId' in scope ? scope.practiceId : practice
  if (practiceId !== null && !ctx.viewer.practiceIds.includes(practiceId))
    return refused('PracticeNotFound', 'There is no such practice among those that you work for.')
  if (practiceId === null && input.audience === 'practice')
    return refused('PracticeNotChosen', 'A view over several practices is yours alone. Choose one practice to share it there.')
  const filter = Object.fromEntries(
    Object.entries({ ...rest, practice: 'practiceId' in scope ? null : practice }).filter(([, one]) => one != null),
  )
  return { ...input, name, filter, clinical, practiceId, columns: [...new Set(input.columns)] }
}

async function add(tx: Tx, ctx: Ctx, wanted: Wanted): Promise<ViewRow | Refusal> {
  const { viewer, userName } = ctx
  // One at a time for each person, so that what is asked for twice at once is kept once.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`saved_view ${viewer.membershipId}`}, 0))`.execute(tx.db)
  const { rows: own } = await sql<{ id: string; name: string }>`
    select id, name from saved_view where membership_id = ${viewer.membershipId} and ended_at is null`.execute(tx.db)
  const same = own.find(({ name }) => name === wanted.name)
  if (same) {
    const standing = await viewFor(tx, ctx, 'read', same.id)
    if (standing && partsThatDiffer(standing, wanted).length === 0) return noted(tx, ctx, 'create', standing)
    return refused('NameTaken', `You keep another view called “${wanted.name}”. Choose another name, or open that one and change it.`)
  }
  if (own.length >= MOST_OWN) return refused('TooManyViews', `You keep ${MOST_OWN} views already. Withdraw one that nobody needs.`)
  const id = newId<'SavedView'>()
  const parts: Record<ViewPart, number> = { name: 1, audience: 1, filter: 1, columns: 1 }
  await sql`
    insert into saved_view (id, practice_id, membership_id, owner_name, audience, name, filter, clinical, sort, reversed, columns, version,
                            part_versions, changed_by_name, changed_at)
    values (${id}, ${wanted.practiceId}, ${viewer.membershipId}, ${userName}, ${wanted.audience}, ${wanted.name}, ${JSON.stringify(wanted.filter)},
            ${wanted.clinical}, ${wanted.sort}, ${wanted.reversed}, ${[...wanted.columns]}, 1, ${JSON.stringify(parts)}, ${userName}, now())`.execute(
    tx.db,
  )
  return noted(tx, ctx, 'create', (await viewFor(tx, ctx, 'read', id))!)
}

async function change(tx: Tx, ctx: Ctx, wanted: Wanted & { readonly id: string; readonly version: number }): Promise<ViewRow | Refusal> {
  const { id, version } = wanted
  const view = await viewFor(tx, ctx, 'update', id)
  if (!view) return NOT_FOUND
  if (view.ended_at !== null || view.version !== version) return changedMeanwhile(view, version)
  if (!view.mine && (wanted.audience === 'me' || wanted.practiceId !== view.practice_id))
    return refused('ViewOfAnother', `${view.owner} shared this view, and alone takes it back. Keep one of your own instead.`)
  const differing = partsThatDiffer(view, wanted)
  if (differing.length === 0) return noted(tx, ctx, 'update', view)
  const parts = { ...view.parts, ...Object.fromEntries(differing.map((part) => [part, version + 1])) }
  // Whose practice it is changes with a care manager's filter alone: the practices' own may not write it.
  const place = wanted.practiceId === view.practice_id ? sql`` : sql`practice_id = ${wanted.practiceId},`
  const { rows } = await sql<{ id: string }>`
    update saved_view v set ${place} name = ${wanted.name}, audience = ${wanted.audience}, filter = ${JSON.stringify(wanted.filter)},
           clinical = ${wanted.clinical}, sort = ${wanted.sort}, reversed = ${wanted.reversed}, columns = ${[...wanted.columns]},
           version = ${version + 1}, part_versions = ${JSON.stringify(parts)}, changed_by_name = ${ctx.userName}, changed_at = now()
     where v.id = ${id} and v.version = ${version} and v.ended_at is null returning id`.execute(tx.db)
  if (rows.length === 0) return overtaken(tx, ctx, id, version)
  return noted(tx, ctx, 'update', (await viewFor(tx, ctx, 'read', id))!)
}

/** Also what was done before: whoever asks again asks for it to be so. */
async function noted(tx: Tx, ctx: Ctx, action: 'create' | 'update' | 'end', view: StandingView): Promise<ViewRow> {
  await keepEvent(tx, ctx, { action, subject: 'SavedView', subjectIds: [view.id], practiceId: view.practice_id })
  return view
}

/** Somebody else's change was committed between looking and writing. */
async function overtaken(tx: Tx, ctx: Ctx, id: string, version: number): Promise<Refusal> {
  const now = await viewFor(tx, ctx, 'read', id)
  return now ? changedMeanwhile(now, version) : NOT_FOUND
}

function changedMeanwhile({ name, audience, parts, changedBy, ended_at }: StandingView, seen: number): Refusal {
  if (ended_at !== null) return refused('ViewWithdrawn', `${changedBy} withdrew this view meanwhile.`)
  const words: Record<ViewPart, string> = {
    name: `it is called “${name}” now`,
    audience: audience === 'practice' ? 'it is shared with the practice now' : 'it is shared with nobody any more',
    filter: 'it shows others, or in another order',
    columns: 'its columns are others',
  }
  const what = (Object.keys(words) as ViewPart[]).filter((part) => parts[part] > seen).map((part) => words[part])
  return refused('ViewChanged', `${changedBy} changed this view meanwhile: ${what.join(', ')}. Look at it as it is now, then decide.`)
}

function partsThatDiffer(view: StandingView, wanted: Wanted): ViewPart[] {
  const is: Record<ViewPart, unknown> = { name: view.name, audience: view.audience, filter: shown(view), columns: view.columns }
  const willBe: Record<ViewPart, unknown> = { name: wanted.name, audience: wanted.audience, filter: shown(wanted), columns: wanted.columns }
  return (Object.keys(is) as ViewPart[]).filter((part) => JSON.stringify(is[part]) !== JSON.stringify(willBe[part]))
}

/** Whom a view shows, and in which order, as something to compare: PostgreSQL keeps the keys of an object in an order of its own. */
const shown = ({ filter, sort, reversed }: Pick<Wanted, 'filter' | 'sort' | 'reversed'>): unknown => [inOrder(filter), sort, reversed]

const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .filter(([, one]) => one != null)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, inOrder(one)])
    : value
