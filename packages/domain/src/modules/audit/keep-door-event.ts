import { newId } from '@carecommons/kernel'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'

interface DoorAct {
  readonly action:
    | 'sign-in'
    | 'sign-out'
    | 'unlock'
    | 'step-up'
    | 'act-as'
    | 'end-session'
    | 'change-password'
    | 'add-authenticator'
    | 'remove-authenticator'
    | 'make-recovery-codes'
    | 'accept-invitation'
    | 'renew-sign-in'
    | 'rename'
  /** Null when nobody has this address: the address itself is not kept. */
  readonly userId: string | null
  readonly membershipId: string | null
  readonly outcome: 'allowed' | 'denied'
  /** Ids of the memberships, sessions or authenticators it was about. */
  readonly subjectIds?: readonly string[]
}

type Noting = Pick<Visit, 'clock' | 'requestId'> & Partial<Pick<Visit, 'kept'>>

/** Writes who came in, left, was sent away, or changed what they sign in with. */
export async function keepDoorEvent(tx: Tx, visit: Noting, act: DoorAct): Promise<void> {
  const { action, userId, membershipId, outcome, subjectIds = [] } = act
  if (visit.kept) visit.kept.acts += 1
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
      subject_ids: [...subjectIds],
      outcome,
      correlation_id: visit.requestId,
    })
    .execute()
}
