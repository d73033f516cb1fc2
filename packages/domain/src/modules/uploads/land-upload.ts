import { asNdjson } from '@carecommons/interop'
import { isRefusal } from '@carecommons/kernel'
import { sql } from 'kysely'
import { importFhir } from '#modules/intake'
import type { BulkConnection } from '#shared/bulk'
import type { Sessions, Tx } from '#shared/sessions'
import { failUpload } from './fail-upload.ts'

interface Desk {
  readonly sessions: Sessions
  readonly openBulk: () => Promise<BulkConnection>
}

interface Waiting {
  readonly name: string
  readonly content: Buffer
  readonly region: { readonly id: string; readonly timeZone: string }
}

/** Rejected lines that the report lists. */
const LISTED = 200

/**
 * Lands a file of records in charts of the practice that sent it, and nowhere else, on the way that imports take. Cut short, it is taken up
 * behind the last batch that landed; delivered again, it tells what it told.
 */
export async function landUpload({ sessions, openBulk }: Desk, uploadId: string, practiceId: string): Promise<void> {
  const scope = { kind: 'worker', practiceIds: [practiceId] } as const
  const waiting = await sessions.within(scope, ({ db }) => read(db, uploadId, practiceId))
  if (!waiting) return
  const content = asNdjson(waiting.content)
  if (isRefusal(content)) return failUpload(sessions, { uploadId, practiceId, failure: content.message })
  const fingerprint = `upload ${uploadId}`
  const finished = await sessions.within(scope, async ({ db }) => {
    const { rows } = await sql`select from import_run where fingerprint = ${fingerprint} and state = 'finished'`.execute(db)
    return rows.length > 0
  })
  if (!finished) {
    const connection = await openBulk()
    try {
      const file = { path: waiting.name, type: null, bytes: content.length, content }
      const home = { practiceId, practicesBy: null }
      await importFhir([connection], { region: waiting.region, files: [file], home, chartsAlone: true, fingerprint }, () => undefined)
    } finally {
      await connection.close()
    }
  }
  await sessions.within(scope, async ({ db }) => {
    await sql`
      update record_upload u
         set state = 'done', finished_at = now(), content = null, lines = f.lines_read, counts = f.counts,
             rejected = (select count(*) from import_rejection r where r.import_file_id = f.id),
             rejections = (select coalesce(json_agg(json_build_object('line', r.line, 'reason', r.reason) order by r.line), '[]')
                             from (select line, reason from import_rejection where import_file_id = f.id order by line limit ${LISTED}) r)
        from import_file f join import_run n on n.id = f.import_run_id
       where u.id = ${uploadId} and u.practice_id = ${practiceId} and u.state = 'queued' and n.fingerprint = ${fingerprint} and n.state = 'finished'`.execute(
      db,
    )
  })
}

async function read(db: Tx['db'], id: string, practiceId: string): Promise<Waiting | null> {
  const { rows } = await sql<{ name: string; content: Buffer; region_id: string; time_zone: string }>`
    select u.name, u.content, r.id as region_id, r.time_zone
      from record_upload u join organization o on o.id = u.practice_id join region r on r.id = o.region_id
     where u.id = ${id} and u.practice_id = ${practiceId} and u.state = 'queued'`.execute(db)
  const [row] = rows
  return row ? { name: row.name, content: row.content, region: { id: row.region_id, timeZone: row.time_zone } } : null
}
