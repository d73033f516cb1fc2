import { inMyName } from './chart-writing-policies.ts'
import { databaseRoles } from './database-role.ts'
import { LISTED_PRACTICES, openTo, type Policy, policy, setting } from './policies.ts'
import { isShared, ofMyMembership } from './workforce-policies.ts'
import { adds, asMyself, changes, may } from './writing-policies.ts'

/*
 * Leave of shared staff, who covers, and what is handed over. Whoever allocates proposes and sees no handoff; a cover begins only when the one
 * who is asked accepts. Texts are written as PostgreSQL prints them back, so that entities and database compare equal.
 */

const NOT_ENDED = '(ended_at IS NULL)'
const ENDED = '(ended_at IS NOT NULL)'
const MINE = (column = 'membership_id'): string => `(${column} = ${setting('membership_id')})`
const all = (...conditions: readonly string[]): string => `(${conditions.join(' AND ')})`

/** Of the acting person, or proposed to nobody but them by whoever allocates. */
export const leavePolicies: readonly Policy[] = [
  openTo('staff_leave', databaseRoles.worker, 'all'),
  policy('staff_leave_region_select', 'select', databaseRoles.region, may('read', 'Leave')),
  policy('staff_leave_own_membership', 'select', databaseRoles.careManager, ofMyMembership('staff_leave')),
  adds('staff_leave', databaseRoles.region, all(may('create', 'Leave'), asMyself('requested_by'), NOT_ENDED, isShared('staff_leave'))),
  adds(
    'staff_leave',
    databaseRoles.careManager,
    all(may('create', 'Leave'), asMyself('requested_by'), NOT_ENDED, inMyName('person_name'), MINE()),
  ),
  changes('staff_leave', databaseRoles.region, ['ended_at'], NOT_ENDED, all(may('end', 'Leave'), ENDED)),
  changes('staff_leave', databaseRoles.careManager, ['ended_at'], all(NOT_ENDED, MINE()), all(may('end', 'Leave'), ENDED, MINE())),
]

/** Of a leave that goes on, within it, by another than the one who leaves; and nobody proposes themselves. */
const FITS_LEAVE = `(EXISTS ( SELECT
   FROM staff_leave l
  WHERE ((l.id = leave_cover.leave_id) AND (l.membership_id = leave_cover.leaver_id) AND (l.membership_id <> leave_cover.membership_id) AND (l.ended_at IS NULL) AND (l.from_at = leave_cover.from_at) AND (l.until_at = leave_cover.until_at))))`
const NOT_MYSELF = `(NOT (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = leave_cover.membership_id) AND (h.user_id = ${setting('user_id')})))))`

export const coverPolicies: readonly Policy[] = [
  openTo('leave_cover', databaseRoles.worker, 'all'),
  policy('leave_cover_region_select', 'select', databaseRoles.region, may('read', 'Cover')),
  policy(
    'leave_cover_own_membership',
    'select',
    databaseRoles.careManager,
    `(${ofMyMembership('leave_cover')} OR ${ofMyMembership('leave_cover', 'leaver_id')})`,
  ),
  adds(
    'leave_cover',
    databaseRoles.region,
    all(
      may('create', 'Cover'),
      asMyself('proposed_by'),
      `(state = 'proposed'::text)`,
      `(answered_at IS NULL)`,
      isShared('leave_cover'),
      FITS_LEAVE,
      NOT_MYSELF,
    ),
  ),
  changes(
    'leave_cover',
    databaseRoles.region,
    ['state', 'answered_at'],
    `(state = ANY (ARRAY['proposed'::text, 'accepted'::text]))`,
    all(may('end', 'Cover'), `(state = 'withdrawn'::text)`),
  ),
  changes(
    'leave_cover',
    databaseRoles.careManager,
    ['state', 'answered_at'],
    all(`(state = 'proposed'::text)`, MINE()),
    all(may('update', 'Cover'), MINE(), `(state = ANY (ARRAY['accepted'::text, 'declined'::text]))`),
  ),
]

/** What opens the practice to whoever accepted: their own row, for exactly the time that was proposed. */
export const acceptedCover: Policy = adds(
  'care_assignment',
  databaseRoles.careManager,
  all(
    MINE(),
    asMyself('created_by'),
    NOT_ENDED,
    `(kind = 'cover'::text)`,
    may('update', 'Cover'),
    `(EXISTS ( SELECT
   FROM leave_cover c
  WHERE ((c.id = care_assignment.cover_id) AND (c.membership_id = care_assignment.membership_id) AND (c.practice_id = care_assignment.practice_id) AND (c.from_at = care_assignment.from_at) AND (c.until_at = care_assignment.until_at) AND (c.state = 'accepted'::text))))`,
  ),
)

const ofCover = (table: string): string => `(EXISTS ( SELECT
   FROM leave_cover c
  WHERE ((c.id = ${table}.cover_id) AND (c.practice_id = ${table}.practice_id) AND (c.leaver_id = ${table}.leaver_id) AND (c.membership_id = ${table}.membership_id) AND (c.state = 'accepted'::text))))`
const LISTED = `(practice_id = ${LISTED_PRACTICES})`

/** Whoever leaves writes it and reads it; whoever covers reads it while the practice is open to them. Nobody else does. */
export const handoffPolicies: readonly Policy[] = [
  policy(
    'staff_handoff_own_membership',
    'select',
    databaseRoles.careManager,
    all(LISTED, `(${ofMyMembership('staff_handoff')} OR ${ofMyMembership('staff_handoff', 'leaver_id')})`),
  ),
  adds(
    'staff_handoff',
    databaseRoles.careManager,
    all(LISTED, MINE('leaver_id'), asMyself('written_by'), may('create', 'Handoff'), ofCover('staff_handoff')),
  ),
  changes(
    'staff_handoff',
    databaseRoles.careManager,
    ['situation', 'background', 'open_items', 'risks', 'version', 'written_at'],
    all(LISTED, MINE('leaver_id')),
    all(LISTED, MINE('leaver_id'), may('create', 'Handoff')),
  ),
  policy('handoff_receipt_own_membership', 'select', databaseRoles.careManager, all(LISTED, handoffOfMine())),
  adds('handoff_receipt', databaseRoles.careManager, all(LISTED, MINE(), may('update', 'Handoff'), handoffOfMine())),
]

/** One that the acting person may read. */
function handoffOfMine(): string {
  return `(EXISTS ( SELECT
   FROM staff_handoff h
  WHERE ((h.id = handoff_receipt.handoff_id) AND (h.practice_id = handoff_receipt.practice_id))))`
}
