import { newId } from '@carecommons/kernel'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'

interface DoorAct {
  readonly action: 'sign-in' | 'sign-out'
  /** Null when nobody has this address: the address itself is not kept. */
  readonly userId: string | null
  readonly membershipId: string | null
  readonly outcome: 'allowed' | 'denied'
}

/** Writes who came in, left, or was sent away. */
export async function keepDoorEvent(
  tx: Tx,
  visit: Pick<Visit, 'clock' | 'requestId'>,
  { action, userId, membershipId, outcome }: DoorAct,
): Promise<void> {
  await tx.db
    .insertInto('audit_event')
    .values({
      id: newId(),
      at: visit.clock.now().toISOString(),
      user_id: userId,
      membership_id: membershipId,
      purpose: 'system',
      action,
      subject: 'Session',
      subject_ids: [],
      outcome,
      correlation_id: visit.requestId,
    })
    .execute()
}
