import { databaseRoles, openTo, regionDirectory } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** The cell: one region, one database. */
export const Region = defineEntity({
  name: 'Region',
  tableName: 'region',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    /** IANA name; calendar days of measures and pages are days on this wall. */
    timeZone: p.text(),
    /** Filled with made-up people; such a region serves this machine only. */
    isDemo: p.boolean(),
    createdAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: regionDirectory('region'),
})

/** One row: the newest committed step of imports. A figure that read watermark N saw exactly the facts of steps 1 to N. */
export const DataWatermark = defineEntity({
  name: 'DataWatermark',
  tableName: 'data_watermark',
  properties: { regionId: p.uuid().primary(), value: p.bigint() },
  rowLevelSecurity: 'force',
  policies: [openTo('data_watermark', databaseRoles.worker, 'all'), openTo('data_watermark', databaseRoles.region, 'select')],
})
