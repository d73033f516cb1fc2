import { type Line, type NdjsonFile, readLines } from '@carecommons/interop'
import type { Scope } from '@carecommons/access'
import type { Bulk, BulkConnection } from '#shared/bulk'
import { pastDeadlocks } from '#shared/past-deadlocks'
import { projectCharts } from '#modules/registry'
import { CodeIds } from './code-ids.ts'
import type { HomeRule } from './home-practice.ts'
import { count, type Counts, type FileProgress, finishRun, keepProgress, openRun, type RunProgress } from './import-ledger.ts'
import { landLines } from './land-lines.ts'
import { Landings } from './landings.ts'
import { checksumOf } from './read-checksum.ts'
import { RegionDirectory } from './region-directory.ts'
import { SeenByType } from './seen-by-type.ts'
import { type StagedLines, stageLines } from './stage-lines.ts'
import { createStaging, RowsInStock } from './staging.ts'
import { IMPORT_LOCK } from './unfinished-imports.ts'

export interface ImportRequest {
  readonly region: { readonly id: string; readonly timeZone: string }
  readonly files: readonly NdjsonFile[]
  readonly home: HomeRule
  /** What belongs to no chart, as the region's directory, is not taken. */
  readonly chartsAlone?: boolean
  /** Everything in these files comes from a program under 42 CFR Part 2. */
  readonly isPart2?: boolean
  /** Same fingerprint, same files and options: an interrupted import is taken up where it stopped, unless what it read was edited since. */
  readonly fingerprint: string
}

export interface ImportProgress {
  /** `waiting`: for another import to end. */
  readonly stage: 'waiting' | 'reading' | 'settling' | 'projecting'
  /** File being read. */
  readonly file: string
  /** Lines read of it so far; or charts projected so far. */
  readonly done: number
  readonly bytesDone: number
  readonly bytesTotal: number
}

export interface ImportReport {
  readonly runId: string
  readonly resumed: boolean
  readonly files: readonly FileProgress[]
  readonly counts: Counts
  readonly rejections: readonly { readonly file: string; readonly line: number; readonly reason: string }[]
  /** How many lines were rejected in all; `rejections` lists the first thousand. */
  readonly rejected: number
}

const BATCH = { batchLines: 8000, batchBytes: 12 * 1024 * 1024 }
const LISTED_REJECTIONS = 1000

/** Imports FHIR R4 NDJSON files. Good lines land, bad lines are kept with their place and reason; the same files again change nothing.
 * The first connection lands them; projections are rebuilt on all. */
export function importFhir(
  [connection, ...beside]: readonly [BulkConnection, ...BulkConnection[]],
  request: ImportRequest,
  listen: (progress: ImportProgress) => void,
): Promise<ImportReport> {
  const work = async (): Promise<ImportReport> => {
    const intake = await openIntake(connection, request, listen)
    await readFiles(intake)
    await intake.landings.done()
    for (const index of intake.run.files.keys()) await settlePending(intake, index)
    await projectCharts([connection, ...beside], request.region.timeZone, (done) => intake.listen({ stage: 'projecting', file: '', done }))
    return await within(intake, async (bulk) => {
      await finishRun(bulk, intake.run)
      return await report(bulk, intake.run)
    })
  }
  const onWait = (): void => listen({ stage: 'waiting', file: '', done: 0, bytesDone: 0, bytesTotal: 0 })
  return connection.exclusively(IMPORT_LOCK, work, onWait)
}

interface Intake {
  readonly connection: BulkConnection
  readonly request: ImportRequest
  readonly run: RunProgress
  readonly codes: CodeIds
  readonly directory: RegionDirectory
  readonly practicesBefore: readonly string[]
  readonly home: HomeRule
  readonly rows: RowsInStock
  readonly isPart2: boolean
  readonly chartsAlone: boolean
  readonly landings: Landings
  readonly listen: (progress: Pick<ImportProgress, 'stage' | 'file' | 'done'>) => void
  bytesDone: number
}

async function openIntake(connection: BulkConnection, request: ImportRequest, listen: (progress: ImportProgress) => void): Promise<Intake> {
  const names = request.files.map((file) => file.path)
  const bytesTotal = request.files.reduce((sum, file) => sum + file.bytes, 0)
  const { practiceId } = request.home
  return connection.within({ kind: 'worker', practiceIds: practiceId ? [practiceId] : 'none' }, async (bulk) => {
    await createStaging(bulk)
    const directory = await RegionDirectory.read(bulk)
    const intake: Intake = {
      connection,
      request,
      run: await openRun(bulk, {
        regionId: request.region.id,
        practiceId: request.home.practiceId,
        fingerprint: request.fingerprint,
        names,
        areKept: request.files.every(({ content }) => content !== undefined),
      }),
      codes: await CodeIds.read(bulk),
      directory,
      practicesBefore: [...directory.practiceIds],
      home: request.home,
      rows: new RowsInStock(),
      isPart2: request.isPart2 ?? false,
      chartsAlone: request.chartsAlone ?? false,
      landings: new Landings(),
      listen: (progress) => listen({ ...progress, bytesDone: intake.bytesDone, bytesTotal }),
      bytesDone: 0,
    }
    return intake
  })
}

function within<T>(intake: Intake, work: (bulk: Bulk) => Promise<T>): Promise<T> {
  const { practiceId } = intake.home
  const scope: Scope = { kind: 'worker', practiceIds: practiceId ? [practiceId] : [...intake.directory.practiceIds] }
  return intake.connection.within(scope, work)
}

/** Files may repeat each other's ids, so these are remembered. */
async function readFiles(intake: Intake): Promise<void> {
  const { request, run } = intake
  const seen = new SeenByType()
  for (const [index, { type }] of request.files.entries()) {
    intake.bytesDone = request.files.slice(0, index).reduce((sum, file) => sum + file.bytes, 0)
    const later = run.files.filter((_, other) => other > index && request.files[other]!.type === type)
    // A file that is done is read once more when a later one of its type is not: for its ids.
    if (!run.files[index]!.done || later.some((file) => !file.done)) await readFile(intake, index, seen)
    seen.trim(new Set(request.files.slice(index + 1).map((file) => file.type)))
  }
}

/** Reads a file from where it was left. While the database lands its batches, the next are parsed. */
async function readFile(intake: Intake, index: number, seen: SeenByType): Promise<void> {
  const file = intake.run.files[index]!
  const reading = { file: index, names: intake.run.files.map(({ name }) => name), seen }
  const bytesBefore = intake.bytesDone
  const onRead = (bytes: number): void => void (intake.bytesDone = bytesBefore + bytes)
  let { checksum } = file
  for await (const lines of readLines(source(intake.request.files[index]!), { ...BATCH, onRead })) {
    const [landed, fresh] = [lines.filter((line) => line.number <= file.linesRead), lines.filter((line) => line.number > file.linesRead)]
    // Lines that landed before the interruption only tell which ids were seen.
    if (landed.length > 0) intake.rows.giveBack((await stageLines(landed, reading, intake)).tables)
    const staged = await stageLines(fresh, reading, intake)
    checksum = checksumOf(fresh, checksum)
    if (fresh.length > 0) await intake.landings.add(landing(intake, file, { ...staged, checksum }, 'keep'))
    intake.listen({ stage: 'reading', file: file.name, done: staged.lastLine })
  }
  if (file.done) return
  await intake.landings.add(() => {
    file.done = true
    return within(intake, (bulk) => keepProgress(bulk, file))
  })
}

const source = ({ path, content }: NdjsonFile): string | Buffer => content ?? path

/** One transaction: a batch with the codes and organizations that were met in it for the first time. Begun again after a deadlock. */
function landing(
  intake: Intake,
  file: FileProgress,
  staged: StagedLines & { readonly checksum: number },
  unknownPatients: 'keep' | 'reject',
  also: (bulk: Bulk) => Promise<unknown> = async () => {},
): () => Promise<void> {
  const writeCodes = intake.codes.takeUnwritten()
  const writeOrganizations = intake.directory.takeUnwritten()
  const { region, home } = intake.request
  const { practicesBefore, directory } = intake
  const options = {
    regionId: region.id,
    timeZone: region.timeZone,
    practiceId: home.practiceId,
    practicesBefore,
    unknownPatients,
    directory,
  }
  const land = () =>
    within(intake, async (bulk) => {
      await writeCodes(bulk)
      await writeOrganizations(bulk, region.id)
      const linesRead = Math.max(file.linesRead, staged.lastLine)
      const progress = { ...file, linesRead, checksum: staged.checksum, counts: structuredClone(file.counts) }
      await landLines(bulk, staged, progress, options)
      await also(bulk)
      return progress
    })
  return async () => {
    Object.assign(file, await pastDeadlocks(land, () => directory.takeBack()))
    directory.keepWritten()
    intake.rows.giveBack(staged.tables)
  }
}

/** Lines whose patient had not been read when they were, now all patients have; and versions of what others brought, of each one at a time. */
async function settlePending(intake: Intake, index: number): Promise<void> {
  const file = intake.run.files[index]!
  for (;;) {
    const rows = await within(intake, (bulk) =>
      bulk.query<{ line: number; content: Buffer }>(
        'select line, content from import_pending where import_file_id = $1 order by line limit 2000',
        [file.id],
      ),
    )
    if (rows.length === 0) return
    const lines = rows.map(({ line, content }): Line => ({ number: line, bytes: content }))
    const staged = await stageLines(lines, { file: index, names: [], seen: new SeenByType() }, intake)
    intake.listen({ stage: 'settling', file: file.name, done: staged.lastLine })
    const again = new Set(staged.versions.map(({ line }) => line))
    const settled = rows.map(({ line }) => line).filter((line) => !again.has(line))
    const settle = (bulk: Bulk) =>
      bulk.query('delete from import_pending where import_file_id = $1 and line = any ($2)', [file.id, settled])
    await landing(intake, file, { ...staged, checksum: file.checksum }, 'reject', settle)()
  }
}

async function report(bulk: Bulk, run: RunProgress): Promise<ImportReport> {
  const counts: Counts = {}
  let rejected = 0
  for (const file of run.files) {
    for (const [type, changes] of Object.entries(file.counts)) {
      for (const [change, lines] of Object.entries(changes)) count(counts, type, change as keyof typeof changes, lines)
      rejected += changes.rejected
    }
  }
  const rejections = await bulk.query<{ file: string; line: number; reason: string }>(
    `select f.name as file, r.line, r.reason from import_rejection r join import_file f on f.id = r.import_file_id
      where f.import_run_id = $1 order by f.ordinal, r.line limit ${LISTED_REJECTIONS}`,
    [run.id],
  )
  return { runId: run.id, resumed: run.resumed, files: run.files, counts, rejections, rejected }
}
