import { type RoleName, roleNames, type RolePage, rolePages, rolesThatMay } from './ability.ts'
import { databaseRoles, type DatabaseRole } from './database-role.ts'
import { ACTING_ROLE, type Policy, setting } from './policies.ts'
import type { Action, SubjectName } from './subject.ts'

/*
 * Writes of people at work, as narrow as the role pages: one database role stands behind several pages, so the page is looked up under which
 * the acting membership acts. Texts are written as PostgreSQL prints them back, so that entities and database compare equal.
 */

export const among = (value: string, names: readonly string[]): string =>
  names.length === 1 ? `(${value} = '${names[0]}'::text)` : `(${value} = ANY (ARRAY[${names.map((name) => `'${name}'::text`).join(', ')}]))`

/** The acting membership's role is one of such organizations whose page permits this. */
export const may = (action: Action, subject: SubjectName, kind: RolePage['organizationKind'] = 'coordinating-body'): string =>
  among(
    ACTING_ROLE,
    rolesThatMay(action, subject).filter((role) => rolePages[role].organizationKind === kind),
  )

export const asMyself = (column: string): string => `(${column} = ${setting('user_id')})`
const OWN_ORGANIZATION = `(organization_id = ${setting('organization_id')})`

/** Adds rows of which the condition holds. */
export const adds = (table: string, role: DatabaseRole, condition: string): Policy => ({
  name: `${table}_${short(role)}_adds`,
  command: 'insert',
  roles: [role],
  check: condition,
})

/** Writes these columns, and no others, of the rows of which `using` holds, if `check` holds afterwards. */
export const changes = (table: string, role: DatabaseRole, columns: readonly string[], using: string, check: string): Policy => ({
  name: `${table}_${short(role)}_changes`,
  command: 'update',
  roles: [role],
  columns,
  using,
  check,
})

const short = (role: DatabaseRole): string => role.replace('commons_', '')

const staffOf = (kind: string): readonly RoleName[] =>
  roleNames.filter((name) => rolePages[name].organizationKind === kind && rolePages[name].holder === 'person' && name !== 'patient')
const systemsOf = (kind: string): readonly RoleName[] =>
  roleNames.filter((name) => rolePages[name].organizationKind === kind && rolePages[name].holder === 'system')

/** A system's address, which no mail reaches (RFC 2606). */
const isSystem = (email: string): string => `(${email} ~~ '%@systems.invalid'::text)`

/** The row's role is one of its organization's kind. */
const fits = (table: string, kinds: Readonly<Record<string, readonly RoleName[]>>): string => {
  const each = Object.entries(kinds).map(([kind, roles]) => `((o.kind = '${kind}'::text) AND ${among(`${table}.role`, roles)})`)
  return `(EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = ${table}.organization_id) AND (${each.join(' OR ')}))))`
}

/** What the row was before this statement. */
const ROLE_BEFORE = `( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id))`
const NOT_ENDED = '(ended_at IS NULL)'
const ENDED = '(ended_at IS NOT NULL)'
const NOT_MINE = `(user_id <> ${setting('user_id')})`
const NO_PATIENT = `(role <> 'patient'::text)`
const PATIENT = `(role = 'patient'::text)`
const PRACTICE_STAFF = staffOf('practice')

/** The row's user is a system: people hold no such membership. */
const OF_A_SYSTEM = `(EXISTS ( SELECT
   FROM app_user u
  WHERE ((u.id = membership.user_id) AND ${isSystem('u.email')})))`

/**
 * Nobody changes whose membership it is, where, or since when, nobody changes their own, and what ended does not begin again. The region
 * gives roles in its own body and at payers. Memberships of people begin at the door, and end through a function that keeps an
 * organization its last administrator.
 */
export const membershipWriters: readonly Policy[] = [
  adds(
    'membership',
    databaseRoles.region,
    `(${may('create', 'SystemClient')} AND ${NOT_ENDED} AND (patient_id IS NULL) AND ${fits('membership', { practice: systemsOf('practice'), payer: systemsOf('payer') })} AND ${OF_A_SYSTEM})`,
  ),
  changes(
    'membership',
    databaseRoles.region,
    ['role'],
    `(${NO_PATIENT} AND ${NOT_ENDED})`,
    `(${may('update', 'Membership')} AND ${NO_PATIENT} AND ${NOT_MINE} AND ${among(ROLE_BEFORE, [...staffOf('coordinating-body'), ...staffOf('payer')])} AND ${fits('membership', { 'coordinating-body': staffOf('coordinating-body'), payer: staffOf('payer') })})`,
  ),
  changes(
    'membership',
    databaseRoles.practice,
    ['role', 'ended_at'],
    `(${OWN_ORGANIZATION} AND ${NOT_ENDED})`,
    `(${OWN_ORGANIZATION} AND ((${may('update', 'Membership', 'practice')} AND ${NOT_MINE} AND ${NOT_ENDED} AND ${among('role', PRACTICE_STAFF)} AND ${among(ROLE_BEFORE, PRACTICE_STAFF)}) OR (${may('end', 'PatientSignIn', 'practice')} AND ${PATIENT} AND ${among(ROLE_BEFORE, ['patient'])} AND ${ENDED})))`,
  ),
]

const STILL_OPEN = '(accepted_at IS NULL) AND (revoked_at IS NULL)'
const FROM_ME = `(invited_by = ${setting('membership_id')}) AND (token_hash IS NULL) AND ${STILL_OPEN}`
const MADE_ANEW = ['expires_at', 'mail_failed_at', 'revoked_at']
/** The region asks in a practice's first administrator, and nobody after. */
const NOBODY_ADMINISTERS = `(NOT (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.organization_id = invitation.organization_id) AND (h.role = 'practice-administrator'::text) AND (h.ended_at IS NULL) AND ((h.ends_on IS NULL) OR (h.ends_on >= CURRENT_DATE))))))`

const NOT_RENEWING = '(renews IS NULL)'
/** Of somebody else's membership that goes on, to the address that its person signs in with: the letter goes to nobody else. */
const RENEWS_ANOTHERS = `(EXISTS ( SELECT
   FROM (membership h
     JOIN app_user u ON ((u.id = h.user_id)))
  WHERE ((h.id = invitation.renews) AND (h.organization_id = invitation.organization_id) AND (h.role = invitation.role) AND (NOT (h.patient_id IS DISTINCT FROM invitation.patient_id)) AND (h.ended_at IS NULL) AND (h.user_id <> ${setting('user_id')}) AND (u.email = invitation.email))))`
const REGIONS_OWN = { 'coordinating-body': staffOf('coordinating-body'), payer: staffOf('payer') }
const PRACTICES_FIRST = { practice: ['practice-administrator'] } as const

/**
 * Whom an invitation asks, where, and to what, stays; it can be sent again and withdrawn. Of a practice's people the region lets the
 * administrator choose new ways to sign in, and of its patients its administrator those who sign in.
 */
export const invitationWriters: readonly Policy[] = [
  adds(
    'invitation',
    databaseRoles.region,
    `(${may('create', 'Membership')} AND ${FROM_ME} AND ((${NOT_RENEWING} AND (${fits('invitation', REGIONS_OWN)} OR (${fits('invitation', PRACTICES_FIRST)} AND ${NOBODY_ADMINISTERS}))) OR (${fits('invitation', { ...REGIONS_OWN, ...PRACTICES_FIRST })} AND ${RENEWS_ANOTHERS})))`,
  ),
  changes(
    'invitation',
    databaseRoles.region,
    MADE_ANEW,
    `(${NO_PATIENT} AND ${STILL_OPEN})`,
    `(${NO_PATIENT} AND ${may('create', 'Membership')})`,
  ),
  adds(
    'invitation',
    databaseRoles.practice,
    `(${OWN_ORGANIZATION} AND ${FROM_ME} AND ((${NOT_RENEWING} AND ${may('create', 'Membership', 'practice')} AND ${among('role', PRACTICE_STAFF)}) OR (${NOT_RENEWING} AND ${may('create', 'PatientSignIn', 'practice')} AND ${PATIENT}) OR (${may('create', 'Membership', 'practice')} AND ${among('role', [...PRACTICE_STAFF, 'patient'])} AND ${RENEWS_ANOTHERS})))`,
  ),
  changes(
    'invitation',
    databaseRoles.practice,
    MADE_ANEW,
    `(${OWN_ORGANIZATION} AND ${STILL_OPEN})`,
    `(${OWN_ORGANIZATION} AND ((${may('end', 'Membership', 'practice')} AND ${NO_PATIENT}) OR (${may('end', 'PatientSignIn', 'practice')} AND ${PATIENT})))`,
  ),
]

/** Roles whose charts come from assignments. */
export const assignableRoles: readonly RoleName[] = ['care-manager', 'care-supervisor']

/** Who allocates care managers lets nobody in but them, and not themselves; an assignment ends and does not begin again. */
export const assignmentWriters: readonly Policy[] = [
  adds(
    'care_assignment',
    databaseRoles.region,
    `(${may('create', 'Assignment')} AND ${asMyself('created_by')} AND ${NOT_ENDED} AND (cover_id IS NULL) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = care_assignment.membership_id) AND ${among('h.role', assignableRoles)} AND (h.ended_at IS NULL) AND (h.user_id <> ${setting('user_id')})))) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = care_assignment.practice_id) AND (o.kind = 'practice'::text)))))`,
  ),
  changes('care_assignment', databaseRoles.region, ['ended_at'], NOT_ENDED, `(${may('end', 'Assignment')} AND ${ENDED})`),
]

/** What an organization is called, whether it is agreed to and since when it is active change one at a time, through functions. */
export const organizationWriters: readonly Policy[] = [
  adds(
    'organization',
    databaseRoles.region,
    `(${may('create', 'Organization')} AND (kind <> 'coordinating-body'::text) AND (active_since IS NULL))`,
  ),
]

/** A practice's administrator signs for it; the region records what was signed on paper. */
export const agreementWriters: readonly Policy[] = [
  adds('agreement', databaseRoles.region, `(${may('create', 'Agreement')} AND ${asMyself('recorded_by')} AND (manner = 'paper'::text))`),
  adds(
    'agreement',
    databaseRoles.practice,
    `(${OWN_ORGANIZATION} AND ${may('create', 'Agreement', 'practice')} AND ${asMyself('recorded_by')} AND (manner = 'electronic'::text))`,
  ),
]

/** A system's keys and scopes stay as they were registered. */
export const systemWriters: readonly Policy[] = [
  adds(
    'system_client',
    databaseRoles.region,
    `(${may('create', 'SystemClient')} AND ${asMyself('created_by')} AND ${NOT_ENDED} AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = system_client.membership_id) AND (h.ended_at IS NULL) AND ${among('h.role', [...systemsOf('practice'), ...systemsOf('payer')])}))))`,
  ),
  changes('system_client', databaseRoles.region, ['ended_at'], NOT_ENDED, `(${may('end', 'SystemClient')} AND ${ENDED})`),
  changes('system_client', databaseRoles.door, ['last_token_at'], 'true', 'true'),
]

/** The region adds the users of systems; people come in by invitation, at the door. */
export const systemUsers: readonly Policy[] = [
  adds('app_user', databaseRoles.region, `(${may('create', 'SystemClient')} AND ${isSystem('email')})`),
]

/** The own name, for what is written in it. */
export const ownName: Policy = {
  name: 'app_user_myself',
  command: 'select',
  roles: [databaseRoles.careManager],
  columns: ['id', 'name'],
  using: `id = ${setting('user_id')}`,
}

/** Whose membership the region may see, and systems that are about to get one: of somebody who is only a patient it sees nothing. */
export const usersOfTheRegion: Policy = {
  name: 'app_user_region_select',
  command: 'select',
  roles: [databaseRoles.region],
  using: `((EXISTS ( SELECT
   FROM membership m
  WHERE (m.user_id = app_user.id))) OR ${isSystem('email')})`,
}
