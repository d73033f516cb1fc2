import { abilityFor, scopeFor } from '@carecommons/access'
import { writeCsv } from '@carecommons/interop'
import type { Clock } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvents } from '#modules/audit'
import { standingOf } from '#modules/identity'
import { readCharts, type ShownChart } from '#modules/patient'
import { listPatients, type PatientColumnName, patientColumns, type PatientFilter, type PatientOrderName } from '#modules/registry'
import type { Act, Ctx } from '#shared/context'
import type { Sessions, Tx } from '#shared/sessions'
import { failExport } from './fail-export.ts'
import { jobContext } from './job-context.ts'
import { cellsOf, headOf } from './list-cells.ts'
import type { ExportFormat } from './list-export.entity.ts'

interface Wish {
  readonly membershipId: string
  readonly format: ExportFormat
  readonly filter: Omit<PatientFilter, 'search'>
  readonly sort: PatientOrderName
  readonly reversed: boolean
  readonly columns: readonly PatientColumnName[]
  readonly patientIds: readonly string[] | null
}

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const
const PAGE = 200
/** More than anybody works through; whoever has more narrows the list. */
const MOST = 5000

/**
 * Makes the file that somebody asked for, as they would read the list now: under their membership's own scope and abilities, all of it out
 * of one snapshot. Cut short, it begins anew; a file is there whole or not at all, and is made once.
 */
export async function writeExport({ sessions, clock }: { sessions: Sessions; clock: Clock }, exportId: string): Promise<void> {
  const wish = await read(sessions, exportId)
  if (!wish) return
  const standing = await standingOf({ sessions, clock }, wish.membershipId)
  if (!standing || !mayHave(standing.viewer, wish))
    return failExport(sessions, exportId, 'You may not have this file any more: your access ended, or changed, before it was made.')
  const made = await sessions.within(
    scopeFor(standing.viewer),
    async (tx) => {
      const ctx = jobContext(tx, standing, clock)
      const file = await make(ctx, wish, (written, total) => tell(sessions, exportId, { written, total }))
      await keepEvents(tx, ctx, asExport(ctx.notes))
      return { ...file, runId: await publishedRun(tx) }
    },
    { snapshot: true },
  )
  await sessions.within(SCOPE, async ({ db }) => {
    await sql`
      update list_export set state = 'done', finished_at = now(), written = ${made.count}, total = ${made.count}, content = ${made.content},
             charts = ${JSON.stringify(made.charts)}, labelled_ids = ${made.labelledIds}, run_id = ${made.runId}
       where id = ${exportId} and state = 'queued'`.execute(db)
  })
}

async function read(sessions: Sessions, id: string): Promise<Wish | undefined> {
  const { rows } = await sessions.within(SCOPE, ({ db }) =>
    sql<Wish>`
      select format, filter, sort, reversed, columns, patient_ids as "patientIds", membership_id as "membershipId"
        from list_export where id = ${id} and state = 'queued'`.execute(db),
  )
  return rows[0]
}

/** Whether a membership may have all that a file holds. */
export function mayHave(viewer: Parameters<typeof abilityFor>[0], { columns }: Pick<Wish, 'columns'>): boolean {
  const ability = abilityFor(viewer)
  return (
    ability.can('export', 'Chart') &&
    ability.can('read', 'ClinicalRecord') &&
    columns.every((column) => patientColumns[column] === null || ability.can('read', patientColumns[column]))
  )
}

interface File {
  readonly content: string
  readonly count: number
  readonly charts: Readonly<Record<string, readonly string[]>>
  readonly labelledIds: readonly string[]
}

async function make(ctx: Ctx, wish: Wish, progress: (written: number, total: number) => Promise<void>): Promise<File> {
  const written = { columns: wish.columns, comingGap: wish.filter.comingGap }
  const head = headOf(written)
  const rows: (string | number | null)[][] = []
  for await (const { patients, total } of pages(ctx, wish)) {
    rows.push(...(await cellsOf(ctx, patients, written)))
    await progress(rows.length, Math.min(total, MOST))
  }
  const content =
    wish.format === 'csv'
      ? writeCsv([head, ...rows])
      : rows.map((row) => `${JSON.stringify(Object.fromEntries(head.map((name, at) => [name, row[at]])))}\n`).join('')
  const shown = ctx.notes.filter(({ subject }) => subject === 'Chart')
  const charts = Map.groupBy(shown, ({ practiceId }) => practiceId!)
  const labelled = ctx.notes.filter(({ subject }) => subject === 'SensitiveRecord').flatMap(({ subjectIds }) => subjectIds)
  return {
    content,
    count: rows.length,
    charts: Object.fromEntries([...charts].map(([id, of]) => [id, of.flatMap(({ subjectIds }) => subjectIds)])),
    labelledIds: [...new Set(labelled)],
  }
}

interface PageOfList {
  readonly patients: readonly ShownChart[]
  readonly total: number
}

/** The list page by page; of the chosen, those who are still to be read, in the order in which they were chosen. */
async function* pages(ctx: Ctx, { filter, sort, reversed, patientIds }: Wish): AsyncGenerator<PageOfList> {
  if (patientIds) {
    const patients = await readCharts(ctx, patientIds)
    yield { patients, total: patients.length }
    return
  }
  let after: string | null = null
  let total: number | undefined
  for (let read = 0; read < MOST; read += PAGE) {
    const page = await listPatients(ctx, filter, { first: PAGE, after, sort: { name: sort, reversed } })
    total ??= await page.count()
    yield { patients: page.edges.map(({ node }) => node), total }
    after = page.pageInfo.endCursor
    if (!page.pageInfo.hasNextPage || after === null) return
  }
}

/** Looks that end up in a file are downloads. */
const asExport = (notes: readonly Act[]): Act[] => notes.map((note) => ({ ...note, action: 'export' }))

/** For whoever waits: in a transaction of its own, so that it is seen before the file is there. */
const tell = (sessions: Sessions, id: string, { written, total }: { written: number; total: number }): Promise<void> =>
  sessions.within(SCOPE, async ({ db }) => {
    await sql`update list_export set written = ${written}, total = ${total} where id = ${id} and state = 'queued'`.execute(db)
  })

/** The run whose figures gaps come from. */
async function publishedRun({ db }: Tx): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select p.run_id as id from publication p order by p.period_end desc, p.period_start desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}
