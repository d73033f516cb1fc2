import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { LARGEST_UPLOAD, MOST_LINES } from './keep-upload.ts'
import type { UploadCounts, UploadRejection } from './record-upload.entity.ts'
import type { RecordUploadsType } from './uploads.graphql.ts'

/** Files that a page shows. */
const SHOWN = 20

interface Row {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly state: 'queued' | 'done' | 'failed'
  readonly sentBy: string
  readonly sentAt: string
  readonly finishedAt: string | null
  readonly lines: number | null
  readonly counts: UploadCounts | null
  readonly rejected: number
  readonly rejections: readonly UploadRejection[] | null
  readonly failure: string | null
}

/** Files that somebody of the practice sent, the newest first, and what one may send. */
export async function readUploads(ctx: Ctx): Promise<RecordUploadsType> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`
    select u.id, u.name, u.bytes, u.state, u.requested_by_name as "sentBy", u.requested_at as "sentAt", u.finished_at as "finishedAt", u.lines, u.counts,
           u.rejected, u.rejections, u.failure
      from record_upload u where ${room(ctx, 'read', 'RecordUpload', { practiceId: 'u.practice_id' })}
     order by u.requested_at desc, u.id desc limit ${SHOWN}`.execute(db)
  return {
    largestBytes: LARGEST_UPLOAD,
    mostLines: MOST_LINES,
    uploads: rows.map((row) => ({
      ...row,
      counts: Object.entries(row.counts ?? {}).map(([type, counts]) => ({ type, ...counts })),
      rejections: [...(row.rejections ?? [])],
    })),
  }
}
