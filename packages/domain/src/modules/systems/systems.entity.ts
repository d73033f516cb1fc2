import { databaseRoles, openTo, systemWriters } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** A program of a payer or a practice that signs in with a key of its own. Its name, organization and role stand in its user and membership. */
export const SystemClient = defineEntity({
  name: 'SystemClient',
  tableName: 'system_client',
  properties: {
    /** The OAuth client_id. */
    id: p.uuid().primary(),
    membershipId: p.uuid().unique('system_client_membership'),
    /** Where its public keys are published; else they are kept here. */
    jwksUrl: p.text().nullable(),
    /** A JSON Web Key Set (RFC 7517) of public keys. */
    jwks: p.json().nullable(),
    /** The most that a token may be asked for. */
    scopes: p.array().columnType('text[]'),
    createdBy: p.uuid(),
    createdAt: p.string().columnType('timestamptz'),
    lastTokenAt: p.string().columnType('timestamptz').nullable(),
    endedAt: p.string().columnType('timestamptz').nullable(),
  },
  checks: [{ name: 'system_client_keys', expression: '(jwks_url is null) <> (jwks is null)' }],
  rowLevelSecurity: 'force',
  policies: [
    openTo('system_client', databaseRoles.door, 'select'),
    openTo('system_client', databaseRoles.region, 'select'),
    ...systemWriters,
    openTo('system_client', databaseRoles.auditor, 'select'),
  ],
})

/** An access token that was handed out: only its hash is kept, and whose it is. */
export const SystemToken = defineEntity({
  name: 'SystemToken',
  tableName: 'system_token',
  properties: {
    tokenHash: p.blob().columnType('bytea').primary(),
    clientId: p.uuid(),
    scopes: p.array().columnType('text[]'),
    expiresAt: p.string().columnType('timestamptz').index('system_token_expiry'),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('system_token', databaseRoles.door, 'all')],
})

/** A client assertion that was used: its `jti` is refused from every process until it would have expired anyway. */
export const SpentAssertion = defineEntity({
  name: 'SpentAssertion',
  tableName: 'spent_assertion',
  properties: {
    clientId: p.uuid().primary(),
    /** SHA-256: a jti may be long, or hold what nobody wants in a table. */
    jtiHash: p.blob().columnType('bytea').primary(),
    expiresAt: p.string().columnType('timestamptz').index('spent_assertion_expiry'),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('spent_assertion', databaseRoles.door, 'all')],
})
