import { createHash } from 'node:crypto'
import { type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { askForJob, oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'

/** Bytes of a file, and its lines; both are told before anything is sent. */
export const LARGEST_UPLOAD = 32 * 1024 * 1024
export const MOST_LINES = 100_000
const MOST_UNDER_WAY = 3
const LONGEST_NAME = 200

export interface KeepUpload {
  readonly name: string
  readonly content: Buffer
  readonly idempotencyKey: string
}

/** Keeps a file of records for the worker to land in the charts of the sender's practice. */
export async function keepUpload(ctx: Ctx, { name, content, idempotencyKey }: KeepUpload): Promise<string | Refusal> {
  const refusal = unfit(name, content)
  if (refusal) return refusal
  const { viewer, clock } = ctx
  const [practiceId] = viewer.practiceIds
  if (practiceId === undefined) return refused('PracticeNotActive', 'This practice has not signed yet: records are kept once it has.')
  const input = { practiceId, name, content: createHash('sha256').update(content).digest('hex') }
  return ctx.write((tx) =>
    oncePerKey<'RecordUpload'>(tx, ctx, { operation: 'keepUpload', idempotencyKey, input }, async (fresh) => {
      const { rows } = await sql<{ waiting: number }>`
        select count(*)::int as waiting from record_upload where practice_id = ${practiceId} and state = 'queued'`.execute(tx.db)
      if (rows[0]!.waiting >= MOST_UNDER_WAY)
        return refused(
          'TooManyUploads',
          `${MOST_UNDER_WAY} files of this practice are being read. Send this one when one of them has landed.`,
        )
      await sql`
        insert into record_upload (id, practice_id, name, bytes, state, requested_by, requested_by_name, requested_at, content)
        values (${fresh}, ${practiceId}, ${name}, ${content.length}, 'queued', ${viewer.userId}, ${ctx.userName}, ${clock.now().toISOString()},
                ${content})`.execute(tx.db)
      await askForJob(tx.db, { name: 'intake.import', subjectId: fresh, practiceId, at: clock.now().toISOString() })
      await keepEvent(tx, ctx, { action: 'create', subject: 'RecordUpload', subjectIds: [fresh], practiceId })
      return null
    }),
  )
}

function unfit(name: string, content: Buffer): Refusal | null {
  if (name.trim() === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name))
    return refused('NameUnusable', `The file needs a name of at most ${LONGEST_NAME} letters.`)
  if (content.length === 0) return refused('FileEmpty', 'The file is empty.')
  if (content[0] === 0x1f && content[1] === 0x8b) return refused('FilePacked', 'The file is packed (gzip). Unpack it first.')
  if (content[0] === 0x50 && content[1] === 0x4b)
    return refused('FilePacked', 'The file is packed (zip). Unpack it, and send the files in it.')
  return linesIn(content) > MOST_LINES
    ? refused('TooManyLines', `The file has more than ${MOST_LINES.toLocaleString('en-US')} lines. Send it in parts.`)
    : null
}

function linesIn(content: Buffer): number {
  let lines = 1
  for (let at = content.indexOf(0x0a); at >= 0 && lines <= MOST_LINES; at = content.indexOf(0x0a, at + 1)) lines++
  return lines
}
