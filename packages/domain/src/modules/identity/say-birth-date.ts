import { type Day, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'
import type { OpenInvitation } from './open-invitation.ts'

/** So often somebody may say another birth date than the chart's. */
const TRIES = 3

const NEEDED = refused('BirthDateNeeded', 'Say when you were born: it has to be as your practice has it on file.')
const WRONG_AT_LAST = refused(
  'BirthDateWrong',
  'That is not the birth date on file either. After three tries this invitation has ended; ask your practice for another.',
)

/**
 * Whoever takes a patient's invitation says when the patient was born: a letter that went to a mistyped address opens no chart. Null when it
 * is right, or when the invitation is no patient's. The transaction that calls it holds the invitation, and commits what came of it.
 */
export async function sayBirthDate(tx: Tx, visit: Visit, open: OpenInvitation, birthDate: Day | null): Promise<Refusal | null> {
  if (open.patientId === null) return null
  if (birthDate === null) return NEEDED
  const { rows } = await sql<{ is_born_on: boolean | null }>`
    select is_born_on from commons_is_born_on(${open.organizationId}, ${open.patientId}, ${birthDate})`.execute(tx.db)
  if (rows[0]?.is_born_on === true) return null
  const wrong = open.wrongBirthDates + 1
  await tx.db
    .updateTable('invitation')
    .set({ wrong_birth_dates: wrong, revoked_at: wrong < TRIES ? null : visit.clock.now().toISOString() })
    .where('id', '=', open.id)
    .execute()
  await keepDoorEvent(tx, visit, {
    action: 'accept-invitation',
    userId: null,
    membershipId: null,
    outcome: 'denied',
    subjectIds: [open.id],
  })
  return wrong < TRIES
    ? refused(
        'BirthDateWrong',
        `That is not the birth date on file. ${TRIES - wrong === 1 ? 'One try is' : `${TRIES - wrong} tries are`} left.`,
      )
    : WRONG_AT_LAST
}
