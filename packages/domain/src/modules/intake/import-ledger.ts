import { type Id, newId } from '@carecommons/kernel'
import type { Bulk } from '#shared/bulk'
import { areAsRead } from './read-checksum.ts'

/** What became of lines, per resource type. */
export type Counts = Record<string, { created: number; updated: number; unchanged: number; rejected: number }>

/** One file of an import run and how far it is read. */
export interface FileProgress {
  readonly id: Id<'ImportFile'>
  readonly name: string
  linesRead: number
  /** Over the lines read so far, see `checksumOf`. */
  checksum: number
  done: boolean
  counts: Counts
}

export interface RunProgress {
  readonly id: Id<'ImportRun'>
  readonly resumed: boolean
  readonly files: FileProgress[]
}

interface RunStart {
  readonly regionId: string
  /** The practice that everything belongs to, where it is one. */
  readonly practiceId: string | null
  readonly fingerprint: string
  readonly names: readonly string[]
  /** The files are kept here, where nobody edits them. */
  readonly areKept: boolean
}

/** Takes up the unfinished run over the same files and options, if what it read of them still says the same, or begins one. */
export async function openRun(bulk: Bulk, { regionId, practiceId, fingerprint, names, areKept }: RunStart): Promise<RunProgress> {
  const [open] = await bulk.query<{ id: string }>(
    `select id from import_run where fingerprint = $1 and state = 'running' order by id desc limit 1`,
    [fingerprint],
  )
  if (open) {
    const files = await bulk.query<{ id: string; name: string; linesRead: number; checksum: number; done: boolean; counts: Counts }>(
      `select id, name, lines_read as "linesRead", checksum, done, counts from import_file where import_run_id = $1 order by ordinal`,
      [open.id],
    )
    if (areKept || (await areAsRead(files))) return { id: open.id, resumed: true, files }
  }
  const id = newId<'ImportRun'>()
  await bulk.query(`insert into import_run (id, region_id, fingerprint, state, started_at) values ($1, $2, $3, 'running', now())`, [
    id,
    regionId,
    fingerprint,
  ])
  await bulk.query(
    `insert into audit_event (id, at, role, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
     values ($1, clock_timestamp(), 'worker', 'operations', $3, 'create', 'ClinicalRecord', array[$2::uuid], 'allowed', $2)`,
    [newId(), id, practiceId],
  )
  const files = names.map((name): FileProgress => ({ id: newId<'ImportFile'>(), name, linesRead: 0, checksum: 0, done: false, counts: {} }))
  await bulk.query(
    `insert into import_file (id, import_run_id, ordinal, name, counts)
     select f.id, $1, f.ordinal, f.name, '{}' from unnest($2::uuid[], $3::text[]) with ordinality f (id, name, ordinal)`,
    [id, files.map((file) => file.id), names],
  )
  return { id, resumed: false, files }
}

/** Keeps how far a file is read and what became of its lines; belongs into the transaction that landed them. */
export async function keepProgress(bulk: Bulk, file: FileProgress): Promise<void> {
  await bulk.query('update import_file set lines_read = $2, checksum = $3, done = $4, counts = $5 where id = $1', [
    file.id,
    file.linesRead,
    file.checksum,
    file.done,
    JSON.stringify(file.counts),
  ])
}

export async function finishRun(bulk: Bulk, run: RunProgress): Promise<void> {
  await bulk.query(`update import_run set state = 'finished', finished_at = now() where id = $1`, [run.id])
}

export function count(counts: Counts, type: string, change: keyof Counts[string], by = 1): void {
  counts[type] ??= { created: 0, updated: 0, unchanged: 0, rejected: 0 }
  counts[type][change] += by
}
