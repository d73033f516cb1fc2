import { databaseRoles, measureWriters, openTo, ownPractice } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { type BrokenDownBy, brokenDownBy } from './strata.ts'

/**
 * By what the region agreed to break its figures down, for whole years. Rows are added and never changed; of several that cover a year the
 * latest counts.
 */
export const StrataTerm = defineEntity({
  name: 'StrataTerm',
  tableName: 'strata_term',
  properties: {
    id: p.uuid().primary(),
    startsOn: p.date(),
    endsOn: p.date().nullable(),
    /** The first age of each band but the lowest; null: not by age. */
    ageBounds: p.array().$type<number[]>().columnType('smallint[]').nullable(),
    bySex: p.boolean(),
    byZip3: p.boolean(),
    /** Who agreed on it; null for what ships with the product. */
    agreedBy: p.uuid().nullable(),
    /** With whom it was agreed, in words. */
    agreedWith: p.text(),
    agreedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [
    openTo('strata_term', databaseRoles.worker, 'all'),
    openTo('strata_term', databaseRoles.region, 'select'),
    measureWriters.strata,
  ],
})

const stratum = {
  measureId: p.text(),
  groupIndex: p.smallint(),
  dimension: p
    .text()
    .$type<BrokenDownBy>()
    .check(`dimension in (${brokenDownBy.map((one) => `'${one}'`).join(', ')})`),
  /** Id of the measure's own stratifier, where it breaks down by that. */
  stratifier: p.text().nullable(),
}

/**
 * Scores by stratum, before suppression: a practice's are its own to read, whole. Of the region (practice null) and of other practices the
 * coordinating body reads what `shown_stratum` has.
 */
export const StratumScore = defineEntity({
  name: 'StratumScore',
  tableName: 'stratum_score',
  properties: {
    id: p.uuid().primary(),
    runId: p.uuid(),
    practiceId: p.uuid().nullable(),
    ...stratum,
    stratum: p.text(),
    initialPopulation: p.integer(),
    denominator: p.integer(),
    denominatorExclusion: p.integer(),
    denominatorException: p.integer(),
    numerator: p.integer(),
  },
  indexes: [{ name: 'stratum_score_run', properties: ['runId', 'practiceId', 'measureId'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('stratum_score', databaseRoles.worker, 'all'), ownPractice('stratum_score')],
})

/** What the coordinating body reads of strata, and all that it could: already suppressed, counts null where they are hidden. */
export const ShownStratum = defineEntity({
  name: 'ShownStratum',
  tableName: 'shown_stratum',
  properties: {
    id: p.uuid().primary(),
    runId: p.uuid(),
    /** Null: the region, every person once. */
    practiceId: p.uuid().nullable(),
    ...stratum,
    /** Null: areas that are not named, since who is in them is hidden. */
    stratum: p.text().nullable(),
    /** What the rate divides by. */
    counted: p.integer().nullable(),
    numerator: p.integer().nullable(),
    initialPopulation: p.integer().nullable(),
    denominator: p.integer().nullable(),
    denominatorExclusion: p.integer().nullable(),
    denominatorException: p.integer().nullable(),
  },
  indexes: [{ name: 'shown_stratum_run', properties: ['runId', 'practiceId', 'measureId'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('shown_stratum', databaseRoles.worker, 'all'), openTo('shown_stratum', databaseRoles.region, 'select')],
})
