import { databaseRoles, openTo } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** A person as the region's identity provider knows them. The subject names them for good; an address may pass to somebody else. */
export const ExternalIdentity = defineEntity({
  name: 'ExternalIdentity',
  tableName: 'external_identity',
  properties: {
    issuer: p.text().primary(),
    subject: p.text().primary(),
    userId: p.uuid(),
    createdAt: p.string().columnType('timestamptz'),
  },
  uniques: [{ name: 'external_identity_user', properties: ['issuer', 'userId'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('external_identity', databaseRoles.door, 'all')],
})
