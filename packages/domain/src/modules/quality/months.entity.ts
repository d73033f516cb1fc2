import { ownPractice, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/**
 * Where a practice stood in a measure over the twelve months that ended with a month: what a run of them tells today, by the measure as it is in
 * force. A practice's are written together. Neighbours share eleven months.
 */
export const MonthScore = defineEntity({
  name: 'MonthScore',
  tableName: 'month_score',
  properties: {
    practiceId: p.uuid().primary(),
    measureId: p.text().primary(),
    /** The last day of a month. */
    endsOn: p.date().primary(),
    packageHash: p.text(),
    counted: p.integer(),
    numerator: p.integer(),
    /** Gaps that were open when the month began, of people who are counted at its end, too; null: the month before is not known. */
    openBefore: p.integer().nullable(),
    /** Those of them that are closed at its end. */
    closed: p.integer().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [ownPractice('month_score'), workedPractices('month_score')],
})

/** What a practice's months were worked out with and from. */
export const MonthState = defineEntity({
  name: 'MonthState',
  tableName: 'month_state',
  properties: {
    practiceId: p.uuid().primary(),
    /** The last month. */
    endsOn: p.date(),
    packageHashes: p.array().columnType('text[]'),
    engine: p.text(),
    watermark: p.bigint(),
    /** Living people then: of many more, the months are worked out anew. */
    living: p.integer(),
    workedOutAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [ownPractice('month_state'), workedPractices('month_state')],
})
