import { databaseRoles, openTo } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** How often something was asked for in a window of time, over all API processes. Keys are hashes: nobody is named. */
export const RateCount = defineEntity({
  name: 'RateCount',
  tableName: 'rate_count',
  properties: {
    key: p.text().primary(),
    windowStart: p.string().columnType('timestamptz').primary(),
    points: p.integer(),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('rate_count', databaseRoles.door, 'all')],
})
