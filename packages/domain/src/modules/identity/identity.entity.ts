import {
  databaseRoles,
  membershipWriters,
  openTo,
  openToExceptPatients,
  ownName,
  ownOrganization,
  ownUser,
  systemUsers,
  usersOfTheRegion,
} from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { doorOnly } from './door-only.ts'

/** A person or system that signs in. What they sign in with stands in tables that only the door reads. */
export const AppUser = defineEntity({
  name: 'AppUser',
  tableName: 'app_user',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    /** Lower case. */
    email: p.text().unique(),
    createdAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [
    ...doorOnly('app_user'),
    usersOfTheRegion,
    ...systemUsers,
    {
      name: 'app_user_colleague',
      command: 'select',
      roles: [databaseRoles.practice],
      using: `EXISTS ( SELECT FROM membership m
  WHERE ((m.user_id = app_user.id) AND (m.organization_id = (NULLIF(current_setting('commons.organization_id'::text, true), ''::text))::uuid)))`,
    },
    ownName,
  ],
})

/** A password, as argon2id in a PHC string. */
export const PasswordCredential = defineEntity({
  name: 'PasswordCredential',
  tableName: 'password_credential',
  properties: {
    userId: p.uuid().primary(),
    passwordHash: p.text(),
    changedAt: p.string().columnType('timestamptz'),
    /** Long enough to be the only factor: the hash does not tell. */
    standsAlone: p.boolean(),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('password_credential'),
})

/** A person's role in one organization, from a day until a day. */
export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid().index('membership_user'),
    organizationId: p.uuid().index('membership_organization'),
    /** Name of a page in packages/access/src/roles. */
    role: p.text(),
    /** Of a patient: the own chart. */
    patientId: p.uuid().nullable(),
    startsOn: p.date(),
    /** The last day, in the region's calendar. */
    endsOn: p.date().nullable(),
    /** Ended at once, whatever the last day was to be. */
    endedAt: p.string().columnType('timestamptz').nullable(),
    /** When somebody last came in under this membership. */
    lastSignedInAt: p.string().columnType('timestamptz').nullable(),
    /** Since their person chose new ways in at another organization; nobody acts under it until the own one has confirmed them. */
    waitsSince: p.string().columnType('timestamptz').nullable(),
  },
  uniques: [
    {
      name: 'membership_own_chart_live',
      properties: ['organizationId', 'patientId'],
      where: 'patient_id is not null and ended_at is null',
    },
  ],
  rowLevelSecurity: 'force',
  policies: [
    ...doorOnly('membership'),
    openToExceptPatients('membership', databaseRoles.region),
    openTo('membership', databaseRoles.auditor, 'select'),
    ownOrganization('membership', databaseRoles.practice),
    ownUser('membership', databaseRoles.careManager),
    ...membershipWriters,
  ],
})

/** A signed-in browser acting under one membership. The cookie's token is kept only as a hash. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    tokenHash: p.blob().columnType('bytea').primary(),
    /** Names the session to its owner, and stays when the token changes. */
    id: p.uuid().unique(),
    userId: p.uuid().index('session_user'),
    /** What it acts under where a request names no other. */
    membershipId: p.uuid(),
    createdAt: p.string().columnType('timestamptz'),
    lastSeenAt: p.string().columnType('timestamptz'),
    expiresAt: p.string().columnType('timestamptz'),
    /** When the person last proved who they are: at sign-in, unlocking or before a dangerous act. */
    authenticatedAt: p.string().columnType('timestamptz'),
    /** Browser and system family, `Firefox on Windows`. */
    browser: p.text(),
    /** Network the person came from, without the last part of the address. */
    network: p.text(),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('session'),
})
