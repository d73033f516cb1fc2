import { rolesThatMay } from './ability.ts'
import { databaseRoles, type DatabaseRole } from './database-role.ts'
import { OPENED_BY_ME } from './labelled-policies.ts'
import { LISTED_PRACTICES, type Policy, policy, setting } from './policies.ts'
import { among } from './writing-policies.ts'

/*
 * Who writes which rows of the audit: everybody in their own name, about records in their reach. Texts are written as PostgreSQL prints
 * them back, so that entities and database compare equal.
 */

const IN_OWN_NAME = `(user_id = ${setting('user_id')}) AND (membership_id = ${setting('membership_id')}) AND (organization_id = ${setting('organization_id')})`
const OWN_PRACTICE = `(practice_id = ${setting('practice_id')})`
const NO_PRACTICE = '(practice_id IS NULL)'

/** Another practice's record that a grant or an emergency opens, or opened; and the emergency that opened nothing, in the audit of whose door it was. */
const OPENED = `(EXISTS ( SELECT
   FROM emergency_access e
  WHERE ((e.practice_id = audit_event.practice_id) AND ${OPENED_BY_ME}))) OR (EXISTS ( SELECT
   FROM share_grant g
  WHERE ((g.practice_id = audit_event.practice_id) AND (g.recipient_id = ${setting('organization_id')}))))`
const TURNED_AWAY = `((subject = 'EmergencyAccess'::text) AND (action = 'create'::text) AND (outcome = 'denied'::text))`

/** Values that somebody at the practice typed in land on the way of imports, in their name. */
const TYPED_IN = `(${among('role', rolesThatMay('create', 'ClinicalRecord'))} AND (subject = 'ClinicalRecord'::text) AND (action = 'create'::text))`

const about = (subjects: readonly string[]): string => `(subject = ANY (ARRAY[${subjects.map((one) => `'${one}'::text`).join(', ')}]))`

const appends = (role: DatabaseRole, condition: string): Policy =>
  policy(`audit_event_append_${role.replace('commons_', '')}`, 'insert', role, `(${condition})`)

export const auditWriters: readonly Policy[] = [
  appends(databaseRoles.door, `${NO_PRACTICE} AND (organization_id IS NULL) AND (role IS NULL) AND (subject = 'Session'::text)`),
  appends(
    databaseRoles.practice,
    `${IN_OWN_NAME} AND (${NO_PRACTICE} OR ${OWN_PRACTICE} OR (practice_id = organization_id) OR ${TURNED_AWAY} OR ${OPENED})`,
  ),
  appends(
    databaseRoles.careManager,
    `${IN_OWN_NAME} AND (${NO_PRACTICE} OR (practice_id = ${LISTED_PRACTICES}) OR ${TURNED_AWAY} OR ${OPENED})`,
  ),
  appends(
    databaseRoles.region,
    `${IN_OWN_NAME} AND (${NO_PRACTICE} OR ${about(['Agreement', 'Assignment', 'Caseload', 'Membership', 'Organization'])})`,
  ),
  appends(databaseRoles.payer, `${IN_OWN_NAME} AND ${NO_PRACTICE}`),
  appends(databaseRoles.patient, `${IN_OWN_NAME} AND (${NO_PRACTICE} OR ${OWN_PRACTICE})`),
  appends(databaseRoles.feed, `${IN_OWN_NAME} AND (${NO_PRACTICE} OR (practice_id = organization_id))`),
  appends(databaseRoles.grantee, `${IN_OWN_NAME} AND (${NO_PRACTICE} OR ${OWN_PRACTICE})`),
  appends(databaseRoles.auditor, `${IN_OWN_NAME} AND (${NO_PRACTICE} OR ${about(['AuditEvent', 'AuditSeal'])})`),
  appends(
    databaseRoles.worker,
    `((role = 'worker'::text) OR (((role = 'feed-system'::text) OR ${TYPED_IN}) AND (organization_id = practice_id))) AND (${NO_PRACTICE} OR (practice_id = ${LISTED_PRACTICES}))`,
  ),
]
