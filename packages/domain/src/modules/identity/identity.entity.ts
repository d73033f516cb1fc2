import { databaseRoles, openTo } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

const doorOnly = (table: string) => [openTo(table, databaseRoles.door, 'all'), openTo(table, databaseRoles.worker, 'all')]

/** A person who signs in. Only the door reads these rows. */
export const AppUser = defineEntity({
  name: 'AppUser',
  tableName: 'app_user',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    /** Lower case. */
    email: p.text().unique(),
    /** argon2id, PHC string. */
    passwordHash: p.text(),
    createdAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('app_user'),
})

/** A person's role in one organization, from a day until a day. */
export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid().index('membership_user'),
    organizationId: p.uuid(),
    /** Name of a page in packages/access/src/roles. */
    role: p.text(),
    startsOn: p.date(),
    endsOn: p.date().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('membership'),
})

/** A signed-in browser acting under one membership. The cookie's token is kept only as a hash. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    tokenHash: p.blob().columnType('bytea').primary(),
    userId: p.uuid(),
    membershipId: p.uuid(),
    createdAt: p.string().columnType('timestamptz'),
    lastSeenAt: p.string().columnType('timestamptz'),
    expiresAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('session'),
})
