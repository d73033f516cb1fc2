import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import {
  assertFilter,
  isClinical,
  type PatientColumnName,
  patientColumns,
  type PatientFilter,
  type PatientOrderName,
} from '#modules/registry'
import { askForJob, oncePerKey } from '#modules/work'
import { badInput } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { chartRoom } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { ExportFormat } from './list-export.entity.ts'
import { type ExportRow, exportFor } from './read-exports.ts'

export interface AskForExport {
  readonly format: ExportFormat
  readonly filter: Omit<PatientFilter, 'search'>
  readonly sort: PatientOrderName
  readonly reversed: boolean
  readonly columns: readonly PatientColumnName[]
  /** Of the chosen alone; else of everybody whom the filter finds. */
  readonly patientIds?: readonly string[] | null
  readonly idempotencyKey: string
}

const MOST_CHOSEN = 200
const NOT_THEIRS = refused('ChartNotFound', 'There is no such chart among those that you read. No file is made.')
const MOST_UNDER_WAY = 3

/** Has a file made of the list, by the worker, with what whoever asks may read when it is made. */
export async function askForExport(ctx: Ctx, { idempotencyKey, ...input }: AskForExport): Promise<ExportRow | Refusal> {
  assertFilter(input.filter)
  if (input.sort === 'DUE' && !input.filter.comingGap)
    throw badInput("'sort: DUE' needs 'comingGap', which says of what and how far ahead.")
  const refusal = unfit(ctx, input)
  if (refusal) return refusal
  const { viewer, clock } = ctx
  return ctx.write(async (tx) => {
    const id = await oncePerKey<'ListExport'>(tx, ctx, { operation: 'askForExport', idempotencyKey, input }, async (fresh) => {
      if (input.patientIds && !(await areInReach(tx, ctx, input.patientIds))) return NOT_THEIRS
      const { rows } = await sql<{ waiting: number }>`
        select count(*)::int as waiting from list_export where membership_id = ${viewer.membershipId} and state = 'queued'`.execute(tx.db)
      if (rows[0]!.waiting >= MOST_UNDER_WAY)
        return refused('TooManyExports', `${MOST_UNDER_WAY} files are being made for you already. Ask again when one of them is there.`)
      const { format, filter, sort, reversed, columns, patientIds } = input
      const at = clock.now().toISOString()
      await sql`
        insert into list_export (id, membership_id, format, filter, sort, reversed, columns, patient_ids, state, requested_at)
        values (${fresh}, ${viewer.membershipId}, ${format}, ${JSON.stringify(filter)}, ${sort}, ${reversed}, ${[...new Set(columns)]},
                ${patientIds == null ? null : [...new Set(patientIds)]}, 'queued', now())`.execute(tx.db)
      await askForJob(tx.db, { name: 'lists.export', subjectId: fresh, at })
      await keepEvent(tx, ctx, { action: 'create', subject: 'ListExport', subjectIds: [fresh] })
      return null
    })
    return typeof id === 'string' ? (await exportFor(tx, ctx, id))! : id
  })
}

/** All of them: of one that is not there nobody is told which. */
async function areInReach({ db }: Tx, ctx: Ctx, ids: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ charts: number }>`
    select count(*)::int as charts from patient p where p.id = any (${[...ids]}::uuid[]) and ${chartRoom(ctx, 'p', 'id')}`.execute(db)
  return rows[0]!.charts === new Set(ids).size
}

function unfit({ ability }: Ctx, { filter, sort, columns, patientIds }: Omit<AskForExport, 'idempotencyKey'>): Refusal | null {
  if (patientIds && (patientIds.length === 0 || patientIds.length > MOST_CHOSEN))
    return refused(
      'TooMany',
      `Between 1 and ${MOST_CHOSEN} people are chosen at once. Without a choice the file has everybody whom the filter finds.`,
    )
  if (patientIds && !patientIds.every(isUuid)) return NOT_THEIRS
  if (isClinical(filter, sort) && !ability.can('read', 'ClinicalRecord'))
    return refused('FilterNotYours', 'A file by conditions, gaps, risk or values is for those who read clinical records.')
  const closed = columns.find((column) => patientColumns[column] !== null && !ability.can('read', patientColumns[column]))
  return closed === undefined ? null : refused('ColumnNotYours', `The column '${closed}' is not yours to read. Leave it out.`)
}
