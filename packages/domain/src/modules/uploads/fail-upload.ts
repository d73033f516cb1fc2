import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

interface Failed {
  readonly uploadId: string
  readonly practiceId: string
  readonly failure: string
}

/** The words that whoever sent it reads. What had landed before stays. */
export const failUpload = (sessions: Sessions, { uploadId, practiceId, failure }: Failed): Promise<void> =>
  sessions.within({ kind: 'worker', practiceIds: [practiceId] }, async ({ db }) => {
    await sql`
      update record_upload set state = 'failed', finished_at = now(), content = null, failure = ${failure}
       where id = ${uploadId} and practice_id = ${practiceId} and state = 'queued'`.execute(db)
  })
