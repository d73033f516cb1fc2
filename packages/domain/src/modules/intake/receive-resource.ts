import type { RoleName } from '@carecommons/access'
import { parseResource } from '@carecommons/interop'
import { type Id, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { projectTheirs } from '#modules/registry'
import type { Bulk, BulkConnection } from '#shared/bulk'
import { pastDeadlocks } from '#shared/past-deadlocks'
import { CodeIds } from './code-ids.ts'
import type { FileProgress } from './import-ledger.ts'
import { landLines, OLDER_VERSION } from './land-lines.ts'
import { RegionDirectory } from './region-directory.ts'
import { SeenByType } from './seen-by-type.ts'
import { type IdentifierToken, sourceId, withId } from './source-id.ts'
import { type StagedLines, stageLines } from './stage-lines.ts'
import { prepareStaging, RowsInStock } from './staging.ts'
import { IMPORT_LOCK } from './unfinished-imports.ts'

/** Who sends a record: a system of the practice that keeps the chart, or somebody who works there. */
export interface Sender {
  readonly userId: string
  readonly membershipId: string
  readonly role: RoleName
  /** What it is noted as. */
  readonly subject: 'Intake' | 'ClinicalRecord'
  readonly practiceId: Id<'Organization'>
  readonly requestId: string
}

export interface SentResource {
  /** What it is said to be. */
  readonly type: string
  readonly bytes: Buffer
  /** Only if nothing with this identifier has come before. */
  readonly ifNoneExist: IdentifierToken | null
}

export interface Receipt {
  readonly change: 'created' | 'updated' | 'unchanged'
  readonly id: string
  /** What the region's data stand at. */
  readonly watermark: string
}

/** How long somebody who sends waits for an import to end. */
const PATIENCE_MS = 5000

/**
 * Lands one resource in a chart of the sender's practice, on the way that imports take, with its projections and its audit row. The same
 * resource again changes nothing; other content under the same id corrects it. Refuses with `ImportUnderWay` while an import has the region.
 */
export async function receiveResource(
  connection: BulkConnection,
  region: { readonly id: string; readonly timeZone: string },
  sender: Sender,
  sent: SentResource,
): Promise<Receipt | Refusal> {
  const resource = identified(sent)
  if (isRefusal(resource)) return resource
  const work = async (): Promise<Receipt | Refusal> => {
    const scope = { kind: 'worker', practiceIds: [sender.practiceId] } as const
    // A correction of the patient takes a second chart after the first; who took both the other way round meanwhile is let go first.
    const landed = await pastDeadlocks(() =>
      connection.within(scope, async (bulk) => {
        const outcome = await land(bulk, region, sender, sent, resource)
        if (!isRefusal(outcome) && outcome.patientId !== null && outcome.change !== 'unchanged')
          await projectTheirs(bulk, region.timeZone, {
            practiceId: sender.practiceId,
            patientIds: [outcome.patientId, ...(await leftCharts(bulk))],
          })
        return outcome
      }),
    )
    return isRefusal(landed) ? landed : { change: landed.change, id: resource.id, watermark: landed.watermark }
  }
  const done = await connection.exclusivelyWithin(IMPORT_LOCK, PATIENCE_MS, work)
  return done ?? refused('ImportUnderWay', 'An import has the region. Send this again in a while.')
}

interface Identified {
  readonly id: string
  readonly bytes: Buffer
}

/** With the id under which it is kept, and read through. */
function identified({ type, bytes, ifNoneExist }: SentResource): Identified | Refusal {
  const text = bytes.toString('utf8')
  const json = jsonObject(text)
  if (!json) return refused('json', 'The body is not one JSON object.')
  if (json['resourceType'] !== type) return refused('type', `The body is not a ${type}.`)
  const id = sourceId(json, bytes, ifNoneExist)
  if (isRefusal(id)) return id
  const own = Buffer.from(withId(text, json, id))
  const read = parseResource(own)
  if ('rejected' in read) return refused(read.code, read.reason)
  if (read.patientId === null) return refused('type', `A ${type} belongs to the region and comes with its directory, not with a chart.`)
  return { id, bytes: own }
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

interface Landed {
  readonly change: Receipt['change']
  readonly patientId: string | null
  readonly watermark: string
}

async function land(
  bulk: Bulk,
  region: { readonly id: string; readonly timeZone: string },
  sender: Sender,
  { type, ifNoneExist }: SentResource,
  { id, bytes }: Identified,
): Promise<Landed | Refusal> {
  if (ifNoneExist) {
    const present = await presentVersion(bulk, sender.practiceId, type, id)
    if (present) return present
  }
  await prepareStaging(bulk)
  const [codes, directory] = [await CodeIds.read(bulk), await RegionDirectory.read(bulk)]
  const practicesBefore = [...directory.practiceIds]
  const staging = {
    codes,
    directory,
    home: { practiceId: sender.practiceId, practicesBy: null },
    rows: new RowsInStock(),
    isPart2: false,
    chartsAlone: true,
  }
  const staged = await stageLines([{ number: 1, bytes }], { file: 0, names: [], seen: new SeenByType() }, staging)
  const [rejection] = staged.rejections
  if (rejection) return refused(rejection.code, rejection.reason)
  await codes.takeUnwritten()(bulk)
  await directory.takeUnwritten()(bulk, region.id)
  return landStaged(bulk, region, sender, staged, { practicesBefore, directory }, id)
}

async function landStaged(
  bulk: Bulk,
  region: { readonly id: string; readonly timeZone: string },
  sender: Sender,
  staged: StagedLines,
  known: { readonly practicesBefore: readonly string[]; readonly directory: RegionDirectory },
  id: string,
): Promise<Landed | Refusal> {
  const file = await openReceipt(bulk, region.id, sender, id)
  await landLines(bulk, staged, file, {
    ...{ regionId: region.id, timeZone: region.timeZone, practiceId: sender.practiceId },
    ...{ ...known, unknownPatients: 'reject' as const },
  })
  const [outcome] = await bulk.query<Omit<Landed, 'change'> & { readonly change: Landed['change'] | 'older' }>(
    `select o.change, o.patient_id as "patientId", (select value from data_watermark where region_id = $1) as watermark
       from outcome o where o.change <> 'ambiguous'`,
    [region.id],
  )
  if (outcome?.change === 'older')
    return refused(OLDER_VERSION, 'A newer version stands, by meta.lastUpdated or meta.versionId. This one was kept and changes nothing.')
  if (!outcome) return refused('unknown-patient', 'No chart of this practice has this patient. Send the Patient first.')
  await noteReceipt(bulk, sender, outcome.patientId)
  return { ...outcome, change: outcome.change }
}

async function presentVersion(bulk: Bulk, practiceId: string, type: string, id: string): Promise<Landed | null> {
  const [present] = await bulk.query<Landed>(
    `select 'unchanged' as change, patient_id as "patientId", (select max(value) from data_watermark) as watermark from resource_version
      where practice_id = $1 and type = $2 and fhir_id = $3 and superseded_at is null and not withdrawn limit 1`,
    [practiceId, type, id],
  )
  return present ?? null
}

/** Charts that a correction of the patient took the resource out of. */
const leftCharts = async (bulk: Bulk): Promise<string[]> =>
  (await bulk.query<{ id: string }>('select distinct patient_id as id from moved order by 1')).map(({ id }) => id)

/** An import of one line, already at its end. */
async function openReceipt(bulk: Bulk, regionId: string, { requestId }: Sender, name: string): Promise<FileProgress> {
  const [runId, fileId] = [newId<'ImportRun'>(), newId<'ImportFile'>()]
  await bulk.query(
    `insert into import_run (id, region_id, fingerprint, state, started_at, finished_at) values ($1, $2, $3, 'finished', now(), now())`,
    [runId, regionId, `received ${requestId}`],
  )
  await bulk.query(
    `insert into import_file (id, import_run_id, ordinal, name, lines_read, done, counts) values ($1, $2, 0, $3, 1, true, '{}')`,
    [fileId, runId, name],
  )
  return { id: fileId, name, linesRead: 1, checksum: 0, done: true, counts: {} }
}

const noteReceipt = (bulk: Bulk, { userId, membershipId, role, subject, practiceId, requestId }: Sender, patientId: string | null) =>
  bulk.query(
    `insert into audit_event (id, at, user_id, membership_id, role, organization_id, purpose, practice_id, action, subject, subject_ids, outcome,
                              correlation_id)
     values ($1, clock_timestamp(), $2, $3, $7, $4, 'treatment', $4, 'create', $8, $5::uuid[], 'allowed', $6)`,
    [newId(), userId, membershipId, practiceId, patientId === null ? [] : [patientId], requestId, role, subject],
  )
