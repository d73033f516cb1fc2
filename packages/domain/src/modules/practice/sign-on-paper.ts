import type { Day, Id } from '@carecommons/kernel'
import { keepJobEvent } from '#modules/audit'
import type { Sessions } from '#shared/sessions'
import { AGREEMENT_VERSION } from './agreement-texts.ts'
import { agreementKinds } from './organization.entity.ts'

export interface PaperSignature {
  readonly organizationIds: readonly Id<'Organization'>[]
  readonly signedBy: string
  readonly signedAs: string
  readonly on: Day
}

/** Records both agreements as signed on paper and activates the practices; what is signed or active already stays as it is. */
export async function signOnPaper(sessions: Sessions, { organizationIds, signedBy, signedAs, on }: PaperSignature): Promise<void> {
  if (organizationIds.length === 0) return
  const recordedAt = new Date().toISOString()
  const rows = organizationIds.flatMap((organization_id) =>
    agreementKinds.map((kind) => ({
      organization_id,
      kind,
      version: AGREEMENT_VERSION,
      signed_by: signedBy,
      signed_as: signedAs,
      signed_on: on,
      manner: 'paper' as const,
      recorded_by: null,
      recorded_at: recordedAt,
    })),
  )
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    await db
      .insertInto('agreement')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db
      .updateTable('organization')
      .set({ active_since: on })
      .where('id', 'in', [...organizationIds])
      .where('active_since', 'is', null)
      .execute()
    await keepJobEvent(db, { action: 'create', subject: 'Agreement', subjectIds: organizationIds })
  })
}
