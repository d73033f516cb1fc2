import { sessionContext } from '@carecommons/access'
import type { Bulk } from '#shared/bulk'
import { count, type FileProgress, keepProgress } from './import-ledger.ts'
import { compareClinical, landClinical, landDirectory, landPatients, markDirty, matchClinical } from './land-staged.ts'
import { settlePayerNames } from './payer-names.ts'
import type { RegionDirectory } from './region-directory.ts'
import { KEPT_BYTES, type Rejection, type StagedLines } from './stage-lines.ts'
import { stagingColumns, type StagingTable } from './staging.ts'
import { findMoved, withdrawMoved } from './withdraw-moved.ts'

export interface LandOptions {
  readonly regionId: string
  readonly timeZone: string
  readonly practiceId: string | null
  /** Practices that were there when the import began: only their charts can have held a resource before. */
  readonly practicesBefore: readonly string[]
  /** What becomes of lines whose patient is unknown: kept for the end of the import, or rejected at the end. */
  readonly unknownPatients: 'keep' | 'reject'
  readonly directory: RegionDirectory
}

/** Of a line whose content is older than what stands. */
export const OLDER_VERSION = 'older-version'

/** Lands one staged batch in one transaction: all of it, with the file's progress, or nothing. */
export async function landLines(bulk: Bulk, staged: StagedLines, file: FileProgress, options: LandOptions): Promise<void> {
  const [step] = await bulk.query<{ value: string }>(
    `insert into data_watermark (region_id, value) values ($1, 1) on conflict (region_id) do update set value = data_watermark.value + 1
     returning value, set_config('TimeZone', $2, true), set_config('synchronous_commit', 'off', true)`,
    [options.regionId, options.timeZone],
  )
  const landing = { watermark: step!.value, importFileId: file.id, practiceId: options.practiceId }
  for (const [table, rows] of Object.entries(staged.tables)) {
    if (rows.size) await bulk.copy(table, stagingColumns(table as StagingTable), rows.finish())
  }
  if (staged.tables.incoming_directory.size) await landDirectory(bulk, landing)
  if (staged.tables.incoming_patient.size) {
    await holdCharts(bulk, 'incoming_patient i on i.practice_id = p.practice_id and i.fhir_id = p.fhir_id')
    await landPatients(bulk, landing)
  }
  if (staged.tables.incoming.size) await matchClinical(bulk, landing)
  if (staged.tables.incoming_payer.size) await settlePayerNames(bulk, options.directory, options.regionId)
  await narrow(bulk)
  if (staged.tables.incoming.size) {
    await holdCharts(bulk, 'outcome o on o.practice_id = p.practice_id and o.patient_id = p.id')
    await compareClinical(bulk)
  }
  const hasMoved = staged.tables.incoming.size > 0 && options.practicesBefore.length > 0 && (await findMoved(bulk, options.practicesBefore))
  const outcome = await readOutcome(bulk)
  if (outcome.some(isChange)) {
    if (staged.tables.incoming.size)
      await landClinical(
        bulk,
        landing,
        outcome.some(({ change }) => change === 'updated'),
      )
    if (hasMoved) await withdrawMoved(bulk, landing)
    await markDirty(bulk)
  }
  await keepVersions(bulk, staged, file)
  const rejections = [...staged.rejections, ...(await refuse(bulk, staged, outcome, file, options))]
  await keepRejections(bulk, file, rejections)
  for (const { type, change, lines } of outcome) if (change !== 'ambiguous' && change !== 'older') count(file.counts, type, change, lines)
  for (const type of staged.repeated) count(file.counts, type, 'unchanged')
  for (const { type } of rejections) count(file.counts, type ?? 'unreadable', 'rejected')
  await keepProgress(bulk, file)
}

/** As in `lockCharts`: labels and projections of the same charts come before this batch or after it, and nobody waits in a circle. */
const holdCharts = (bulk: Bulk, among: string): Promise<object[]> =>
  bulk.query(`
    select from patient p where (p.practice_id, p.id) in (select p.practice_id, p.id from patient p join ${among})
     order by p.practice_id, p.id for no key update`)

interface Outcome {
  readonly type: string
  readonly change: 'created' | 'updated' | 'unchanged' | 'ambiguous' | 'older'
  readonly lines: number
}

const isChange = ({ change }: Outcome): boolean => change === 'created' || change === 'updated'

const readOutcome = (bulk: Bulk): Promise<Outcome[]> =>
  bulk.query<Outcome>(`select type, change, count(*)::int as lines from outcome group by type, change`)

/** From here on the transaction may touch the practices of its own lines only. Policies compare each row with the whole list. */
async function narrow(bulk: Bulk): Promise<void> {
  const rows = await bulk.query<{ id: string }>('select distinct practice_id as id from outcome where practice_id is not null')
  const { variables } = sessionContext({ kind: 'worker', practiceIds: rows.map(({ id }) => id) })
  for (const [name, value] of Object.entries(variables)) await bulk.query('select set_config($1, $2, true)', [name, value])
}

const KEPT = `substring(convert_to(i.content, 'UTF8') for ${KEPT_BYTES})`

/** Further versions of what this import brings wait for its end: then all others stand that they are to be compared with. */
async function keepVersions(bulk: Bulk, { versions }: StagedLines, { id }: FileProgress): Promise<void> {
  if (versions.length === 0) return
  await bulk.query(
    `insert into import_pending (import_file_id, line, content) select $1, * from unnest($2::int[], $3::bytea[]) on conflict do nothing`,
    [id, versions.map(({ line }) => line), versions.map(({ content }) => content)],
  )
}

const REFUSED = {
  ambiguous: {
    code: 'ambiguous-patient',
    words: 'several practices know this patient id. Import each practice with --practice.',
  },
  older: {
    code: OLDER_VERSION,
    words: 'a newer version stands, by meta.lastUpdated or meta.versionId. This one changes nothing.',
  },
} as const

/** Lines that found no chart, or more than one, and older versions of what stands. */
async function refuse(
  bulk: Bulk,
  { tables }: StagedLines,
  outcome: readonly Outcome[],
  file: FileProgress,
  { unknownPatients }: LandOptions,
): Promise<Rejection[]> {
  const staged = tables.incoming.size + tables.incoming_patient.size + tables.incoming_directory.size
  const matched = outcome.reduce((sum, { change, lines }) => sum + (change in REFUSED ? 0 : lines), 0)
  if (matched === staged) return []
  const refused = await bulk.query<{ line: number; type: string; change: keyof typeof REFUSED; content: Buffer }>(
    `select i.line, o.type, o.change, ${KEPT} as content
       from (select line, content from incoming union all select line, content from incoming_patient
             union all select line, content from incoming_directory) i join outcome o using (line) where o.change = any ($1)`,
    [Object.keys(REFUSED)],
  )
  const rejections = refused.map(({ line, type, change, content }): Rejection => ({
    ...{ line, type, content, code: REFUSED[change].code, reason: `${type}: ${REFUSED[change].words}` },
  }))
  const without = `from incoming i where not exists (select from outcome o where o.line = i.line)`
  if (unknownPatients === 'keep') {
    await bulk.query(
      `insert into import_pending (import_file_id, line, content) select $1, i.line, convert_to(i.content, 'UTF8') ${without} on conflict do nothing`,
      [file.id],
    )
    return rejections
  }
  const unknown = await bulk.query<{ line: number; type: string; content: Buffer }>(`select i.line, i.type, ${KEPT} as content ${without}`)
  return rejections.concat(
    unknown.map((row) => ({
      ...row,
      code: 'unknown-patient',
      reason: `${row.type}: its patient is neither in these files nor among the charts that this import may write. Send the Patient first.`,
    })),
  )
}

async function keepRejections(bulk: Bulk, file: FileProgress, rejections: readonly Rejection[]): Promise<void> {
  if (rejections.length === 0) return
  await bulk.query(
    `insert into import_rejection (import_file_id, line, code, reason, content)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::bytea[]) on conflict do nothing`,
    [
      file.id,
      rejections.map((rejection) => rejection.line),
      rejections.map((rejection) => rejection.code),
      rejections.map((rejection) => rejection.reason),
      rejections.map((rejection) => rejection.content),
    ],
  )
}
