import { cycleWriters, ownPractice, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** What a practice tries in order to get better in a measure: aim, change, since when, what came of it. Names no patient. */
export const ImprovementCycle = defineEntity({
  name: 'ImprovementCycle',
  tableName: 'improvement_cycle',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    measureId: p.text(),
    aim: p.text(),
    /** What is done otherwise than before. */
    changeTried: p.text(),
    /** What came of it, in own words. */
    learned: p.text(),
    startsOn: p.date(),
    endsOn: p.date().nullable(),
    /** Whether the other practices and the region read it. */
    shared: p.boolean(),
    version: p.integer(),
    createdBy: p.uuid(),
    createdByName: p.text(),
    createdAt: p.string().columnType('timestamptz'),
    updatedBy: p.uuid(),
    updatedByName: p.text(),
    updatedAt: p.string().columnType('timestamptz'),
  },
  indexes: [{ name: 'improvement_cycle_practice', properties: ['practiceId', 'startsOn'] }],
  checks: [{ name: 'improvement_cycle_days', expression: '((ends_on IS NULL) OR (ends_on >= starts_on))' }],
  rowLevelSecurity: 'force',
  policies: [ownPractice('improvement_cycle'), ...cycleWriters, workedPractices('improvement_cycle')],
})
