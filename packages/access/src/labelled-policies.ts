import { databaseRoles } from './database-role.ts'
import { LISTED_PRACTICES, ownChart, ownPractice, ownUser, type Policy, policy, setting, workedPractices } from './policies.ts'

/*
 * Policies of the tables whose rows may carry a sensitivity label, and of one chart opened to another organization. The comparisons of
 * practice and patient with one setting stay index conditions; consent is looked up for labelled rows only. Texts are written as
 * PostgreSQL prints them back, so that entities and database compare equal.
 */

/**
 * Who reads the rows of a chart that may be labelled: as every chart's rows, and a labelled one only under a live consent of its category
 * to the acting organization, or in an emergency. Patients read their own labelled rows (42 CFR 2.23). `resourceType`, an SQL
 * expression, says which kind of record a row is: a share grant names these. Null: never shared.
 */
export const labelledChartReaders = (table: string, resourceType: string | null): Policy[] => [
  policy(
    `${table}_own_practice`,
    'select',
    databaseRoles.practice,
    `((practice_id = ${setting('practice_id')}) AND ${unlabelledOrOpen(table)})`,
  ),
  policy(
    `${table}_assigned_practices`,
    'select',
    databaseRoles.careManager,
    `((practice_id = ${LISTED_PRACTICES}) AND ${unlabelledOrOpen(table)})`,
  ),
  ownChart(table),
  workedPractices(table),
  ...(resourceType === null ? [] : [grantedRecords(table, resourceType)]),
]

/**
 * Rows that stand in for what labelled records lead to, whose labels they name: read by who may read none of these. The chart's patient reads
 * what they lead to.
 */
export const standInReaders = (table: string): Policy[] => [
  policy(
    `${table}_own_practice`,
    'select',
    databaseRoles.practice,
    `((practice_id = ${setting('practice_id')}) AND ${unlabelledOrOpen(table)} AND ${givesWayToNothing(table)})`,
  ),
  policy(
    `${table}_assigned_practices`,
    'select',
    databaseRoles.careManager,
    `((practice_id = ${LISTED_PRACTICES}) AND ${unlabelledOrOpen(table)} AND ${givesWayToNothing(table)})`,
  ),
  workedPractices(table),
]

const grantedRecords = (table: string, resourceType: string): Policy =>
  policy(
    `${table}_granted`,
    'select',
    databaseRoles.grantee,
    `(${VISITED} AND (${emergency(table)} OR (${granted(table, resourceType)} AND ((sensitivity IS NULL) OR (${MAY_OPEN} AND ${consented(table)} AND ${granted(table, 'sensitivity', 'categories')})))))`,
  )

/** Charts that the acting organization or person reads through a live grant of any kind of record, or in an emergency. */
export const grantedCharts = (table: string, patientColumn: 'patient_id' | 'id'): Policy =>
  policy(
    `${table}_granted`,
    'select',
    databaseRoles.grantee,
    `((practice_id = ${setting('practice_id')}) AND (${patientColumn} = ${setting('patient_id')}) AND (${emergency(table, patientColumn)} OR ${live('share_grant', 'g', table, patientColumn, `(g.recipient_id = ${setting('organization_id')})`)}))`,
  )

/**
 * Consents of a chart. One to sensitive records is known to the practice's roles that may read such records, to the organization that it
 * opens them to, and to the patient: for everybody else there is none (42 CFR 2.13(c)).
 */
export const consentReaders = (table: string): Policy[] => [
  policy(
    `${table}_own_practice`,
    'select',
    databaseRoles.practice,
    `((practice_id = ${setting('practice_id')}) AND ((category IS NULL) OR ${MAY_OPEN}))`,
  ),
  policy(
    `${table}_assigned_practices`,
    'select',
    databaseRoles.careManager,
    `((practice_id = ${LISTED_PRACTICES}) AND ((category IS NULL) OR (${MAY_OPEN} AND (recipient_id = ${setting('organization_id')}))))`,
  ),
  policy(
    `${table}_to_own_grantee`,
    'select',
    databaseRoles.grantee,
    `((recipient_id = ${setting('organization_id')}) AND ((category IS NULL) OR ${MAY_OPEN}))`,
  ),
  ownChart(table),
  workedPractices(table),
]

/** Rows that name the acting organization as the one they open something to. */
export const toOwnOrganization = (table: string, role: 'practice' | 'grantee'): Policy =>
  policy(`${table}_to_own_${role}`, 'select', databaseRoles[role], `recipient_id = ${setting('organization_id')}`)

/** An emergency `e` of the acting person, under the acting membership. */
export const OPENED_BY_ME = `(e.membership_id = ${setting('membership_id')}) AND (e.user_id = ${setting('user_id')})`

/** What the acting membership opened for itself, and what was opened of the own practice's charts. Only definer functions open. */
export const ownEmergencies = (table: string): Policy[] => [
  ...(['practice', 'careManager', 'grantee'] as const).map((role) =>
    policy(
      `${table}_own_membership_${role === 'careManager' ? 'care_manager' : role}`,
      'select',
      databaseRoles[role],
      `((membership_id = ${setting('membership_id')}) AND (user_id = ${setting('user_id')}))`,
    ),
  ),
  ownPractice(table),
]

/** The practice's, and to know of, whoever is barred: under whichever membership. */
export const barsOfEmergencies = (table: string): Policy[] => [
  ownPractice(table),
  ...([databaseRoles.practice, databaseRoles.careManager] as const).map((role) => ownUser(table, role)),
  workedPractices(table),
]

/** Whoever breaks the glass has the practice told: of the own emergency, under the name of the practice that keeps the chart. */
export const mailOfOwnEmergency = (table: string): Policy[] =>
  ([databaseRoles.practice, databaseRoles.careManager] as const).map((role) =>
    policy(
      `${table}_own_emergency_${role.replace('commons_', '')}`,
      'insert',
      role,
      `((name = 'mail.emergency'::text) AND (parent_id IS NULL) AND (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.id = ${table}.subject_id) AND (e.practice_id = ${table}.practice_id) AND ${OPENED_BY_ME}))))`,
    ),
  )

const VISITED = `(practice_id = ${setting('practice_id')}) AND (patient_id = ${setting('patient_id')})`
/** The role page permits sensitive rows at all. */
const MAY_OPEN = `(current_setting('commons.sensitive'::text, true) = 'on'::text)`

export const unlabelledOrOpen = (table: string): string =>
  `((sensitivity IS NULL) OR (${MAY_OPEN} AND (${consented(table)} OR ${emergency(table)})))`

const live = (from: string, alias: string, table: string, patientColumn: string, more: string): string =>
  `(EXISTS ( SELECT FROM ${from} ${alias}
  WHERE ((${alias}.practice_id = ${table}.practice_id) AND (${alias}.patient_id = ${table}.${patientColumn}) AND ${more} AND (${alias}.ended_at IS NULL) AND ((${alias}.expires_at IS NULL) OR (${alias}.expires_at > now())))))`

const consented = (table: string): string =>
  live('consent', 'c', table, 'patient_id', `(c.category = ${table}.sensitivity) AND (c.recipient_id = ${setting('organization_id')})`)

const givesWayToNothing = (table: string): string =>
  `(NOT (${MAY_OPEN} AND (${live('consent', 'c', table, 'patient_id', `(c.category = ANY (${table}.gives_way_to)) AND (c.recipient_id = ${setting('organization_id')})`)} OR ${emergency(table)})))`

const emergency = (table: string, patientColumn = 'patient_id'): string => live('emergency_access', 'e', table, patientColumn, OPENED_BY_ME)

const granted = (table: string, what: string, among = 'types'): string =>
  live('share_grant', 'g', table, 'patient_id', `(g.recipient_id = ${setting('organization_id')}) AND (${what} = ANY (g.${among}))`)
