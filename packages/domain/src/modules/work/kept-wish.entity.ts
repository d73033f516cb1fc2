import { databaseRoles, ownUser } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** What a person asked for under an idempotency key, as a hash, and what came of it: the same wish again is answered, not done again. */
export const KeptWish = defineEntity({
  name: 'KeptWish',
  tableName: 'kept_wish',
  properties: {
    userId: p.uuid().primary(),
    key: p.text().primary(),
    /** sha256 of operation and input. */
    wishHash: p.blob().columnType('bytea'),
    /** Id of what was made. */
    madeId: p.uuid(),
    at: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [databaseRoles.region, databaseRoles.practice, databaseRoles.careManager].map((role) => ownUser('kept_wish', role, 'all')),
})
