import { actingRoles, databaseRoles, type DatabaseRole } from './database-role.ts'

/** A row-level security policy, in the shape that MikroORM's entities declare. */
export interface Policy {
  readonly name: string
  readonly command: 'select' | 'insert' | 'update' | 'delete' | 'all'
  readonly roles: string[]
  /** The privilege is on these columns alone; on all unless told. */
  readonly columns?: readonly string[]
  readonly using?: string
  readonly check?: string
}

// A setting that was local to an earlier transaction of the same connection reads as '' afterwards, not as null.
export const setting = (name: string): string => `(nullif(current_setting('commons.${name}'::text, true), ''::text))::uuid`

export const LISTED_PRACTICES = `ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])`

/** The role of the acting membership: of the acting person, in the acting organization, and going on. */
export const ACTING_ROLE = `( SELECT m.role
   FROM membership m
  WHERE ((m.id = ${setting('membership_id')}) AND (m.user_id = ${setting('user_id')}) AND (m.organization_id = ${setting('organization_id')}) AND (m.ended_at IS NULL)))`

/** Rows of the acting practice. A scalar comparison: the planner keeps it as an index condition. */
export const ownPractice = (table: string, command: Policy['command'] = 'select'): Policy =>
  policy(named(`${table}_own_practice`, command), command, databaseRoles.practice, `practice_id = ${setting('practice_id')}`)

/**
 * Rows of the practices to which the acting care manager has a live assignment or cover. Lists over several practices read them one
 * by one (lateral), so that each stays an index condition.
 */
export const assignedPractices = (table: string, command: Policy['command'] = 'select'): Policy =>
  policy(named(`${table}_assigned_practices`, command), command, databaseRoles.careManager, `practice_id = ${LISTED_PRACTICES}`)

/** Rows of the acting patient's own chart. */
export const ownChart = (table: string, patientColumn: 'patient_id' | 'id' = 'patient_id'): Policy =>
  policy(
    `${table}_own_chart`,
    'select',
    databaseRoles.patient,
    `((practice_id = ${setting('practice_id')}) AND (${patientColumn} = ${setting('patient_id')}))`,
  )

/** Rows of the practice that keeps the acting patient's chart. */
export const practiceOfOwnChart = (table: string): Policy =>
  policy(
    `${table}_own_chart`,
    'select',
    databaseRoles.patient,
    `((practice_id = ${setting('practice_id')}) AND (EXISTS ( SELECT
   FROM patient p
  WHERE ((p.practice_id = ${table}.practice_id) AND (p.id = ${setting('patient_id')})))))`,
  )

/** Who reads a chart's rows in this table: its practice, assigned care managers, the patient, and jobs. */
export const chartReaders = (table: string, patientColumn: 'patient_id' | 'id' = 'patient_id'): Policy[] => [
  ownPractice(table),
  assignedPractices(table),
  ownChart(table, patientColumn),
  workedPractices(table),
]

/** Rows of the organization of the acting membership: people, agreements. Open before a practice is active. */
export const ownOrganization = (table: string, role: DatabaseRole, command: Policy['command'] = 'select'): Policy =>
  policy(`${table}_own_organization_${short(role)}_${command}`, command, role, `organization_id = ${setting('organization_id')}`)

/** Rows that name the acting person. */
export const ownUser = (table: string, role: DatabaseRole, command: Policy['command'] = 'select'): Policy =>
  policy(`${table}_own_user_${short(role)}_${command}`, command, role, `user_id = ${setting('user_id')}`)

/**
 * Rows of the practices that the running job's ledger row names. The sub-select reads the setting once per statement. Written as
 * PostgreSQL prints it back, so that entities and database compare equal.
 */
export const workedPractices = (table: string): Policy =>
  policy(`${table}_worked_practices`, 'all', databaseRoles.worker, `practice_id = ${LISTED_PRACTICES}`)

/** Rows of the acting payer. */
export const ownPayer = (table: string): Policy =>
  policy(`${table}_own_payer`, 'select', databaseRoles.payer, `payer_id = ${setting('payer_id')}`)

/** The region's directory: everybody who has a role may read it. */
export const regionDirectory = (table: string): Policy[] => [
  { name: `${table}_directory`, command: 'select', roles: [...actingRoles], using: 'true' },
  openTo(table, databaseRoles.worker, 'all'),
]

/** Rows that hold no chart and that one role needs whole. */
export const openTo = (table: string, role: DatabaseRole, command: Policy['command']): Policy =>
  policy(`${table}_${short(role)}_${command}`, command, role, 'true')

/** Rows of people at work, for the one role that administers them: that somebody is a patient is not the region's to know. */
export const openToExceptPatients = (table: string, role: DatabaseRole): Policy =>
  policy(`${table}_${short(role)}_select`, 'select', role, `role <> 'patient'::text`)

/** A policy whose privilege is on these columns alone. */
export const only = (columns: readonly string[], whole: Policy): Policy => ({ ...whole, columns })

/** Of these policies the patients' own opens these columns alone, named with spaces between. */
export const toldToPatients = (columns: string, policies: readonly Policy[]): Policy[] =>
  policies.map((one) => (one.roles.includes(databaseRoles.patient) ? only(columns.split(' '), one) : one))

const short = (role: DatabaseRole): string => role.replace('commons_', '')

const named = (name: string, command: Policy['command']): string => (command === 'select' ? name : `${name}_${command}`)

export function policy(name: string, command: Policy['command'], role: DatabaseRole, condition: string): Policy {
  const using = command === 'insert' ? {} : { using: condition }
  const check = command === 'select' || command === 'delete' ? {} : { check: condition }
  return { name, command, roles: [role], ...using, ...check }
}
