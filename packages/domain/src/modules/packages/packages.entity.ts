import type { PlaceName } from '@carecommons/cql'
import { databaseRoles, labelledChartReaders, measureWriters, openTo, wishFor } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { sensitivity } from '#modules/record'

export type WorkState = 'queued' | 'running' | 'done' | 'failed'

const workState = () => p.text().$type<WorkState>().check("state in ('queued', 'running', 'done', 'failed')")

/** A deck of test cases run against a package. */
export const DeckCheck = defineEntity({
  name: 'DeckCheck',
  tableName: 'deck_check',
  properties: {
    id: p.uuid().primary(),
    packageHash: p.text().index('deck_check_package'),
    /** Of the file. */
    name: p.text(),
    /** The file as it came, until it has been run. */
    deck: p.blob().columnType('bytea').nullable(),
    state: workState(),
    /** Null until the deck is read. */
    casesTotal: p.integer().nullable(),
    casesDone: p.integer().default(0),
    passed: p.integer().default(0),
    failed: p.integer().default(0),
    undecided: p.integer().default(0),
    /** Cases that did not pass, as JSON. */
    outcomes: p.text().nullable(),
    requestedBy: p.uuid(),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [
    openTo('deck_check', databaseRoles.worker, 'all'),
    openTo('deck_check', databaseRoles.region, 'select'),
    wishFor('deck_check', 'create', 'MeasurePackage'),
  ],
})

/** A regional measure that is being written; its published versions are packages. */
export const MeasureDraft = defineEntity({
  name: 'MeasureDraft',
  tableName: 'measure_draft',
  properties: {
    id: p.uuid().primary(),
    title: p.text(),
    description: p.text(),
    improvement: p.text().$type<'increase' | 'decrease'>().check("improvement in ('increase', 'decrease')"),
    cql: p.text(),
    /** Raised with each change: two who write at once do not overwrite each other. */
    version: p.integer(),
    updatedBy: p.uuid(),
    updatedAt: p.string().columnType('timestamptz'),
    /** Package that was last published of it. */
    publishedHash: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('measure_draft', databaseRoles.region, 'select'), ...measureWriters.drafts],
})

/** A draft tried on a random sample of charts: counts alone, already suppressed. */
export const DraftTrial = defineEntity({
  name: 'DraftTrial',
  tableName: 'draft_trial',
  properties: {
    id: p.uuid().primary(),
    draftId: p.uuid().index('draft_trial_draft'),
    /** What is tried, until it has been. */
    bundle: p.text().nullable(),
    periodStart: p.date(),
    periodEnd: p.date(),
    state: workState(),
    /** Charts in the sample. */
    sample: p.integer().nullable(),
    /** Null where hidden. */
    initialPopulation: p.integer().nullable(),
    denominator: p.integer().nullable(),
    denominatorExclusion: p.integer().nullable(),
    denominatorException: p.integer().nullable(),
    numerator: p.integer().nullable(),
    requestedBy: p.uuid(),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [
    openTo('draft_trial', databaseRoles.worker, 'all'),
    openTo('draft_trial', databaseRoles.region, 'select'),
    wishFor('draft_trial', 'create', 'MeasurePackage'),
  ],
})

/** Two packages evaluated side by side on the live charts. */
export const PackageComparison = defineEntity({
  name: 'PackageComparison',
  tableName: 'package_comparison',
  properties: {
    id: p.uuid().primary(),
    beforeHash: p.text(),
    afterHash: p.text().index('package_comparison_after'),
    periodStart: p.date(),
    periodEnd: p.date(),
    watermark: p.bigint().nullable(),
    state: workState(),
    requestedBy: p.uuid(),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [
    openTo('package_comparison', databaseRoles.worker, 'all'),
    openTo('package_comparison', databaseRoles.region, 'select'),
    wishFor('package_comparison', 'create', 'MeasurePackage'),
    openTo('package_comparison', databaseRoles.practice, 'select'),
  ],
})

/** A slice of one practice's charts in a comparison. */
export const ComparisonChunk = defineEntity({
  name: 'ComparisonChunk',
  tableName: 'comparison_chunk',
  properties: {
    comparisonId: p.uuid().primary(),
    practiceId: p.uuid().primary(),
    ordinal: p.integer().primary(),
    firstPatientId: p.uuid(),
    lastPatientId: p.uuid(),
    charts: p.integer(),
    finishedAt: p.string().columnType('timestamptz').nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('comparison_chunk', databaseRoles.worker, 'all'), openTo('comparison_chunk', databaseRoles.region, 'select')],
})

/** A chart that would stand elsewhere under the other package, and why. */
export const ComparisonMover = defineEntity({
  name: 'ComparisonMover',
  tableName: 'comparison_mover',
  properties: {
    practiceId: p.uuid().primary(),
    comparisonId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    groupIndex: p.smallint().primary(),
    before: p.text().$type<PlaceName>(),
    after: p.text().$type<PlaceName>(),
    /** Definitions that held before and do not now, and the other way round. */
    lost: p.array().columnType('text[]'),
    gained: p.array().columnType('text[]'),
    /** The label of a resource that decided either, if one has one. */
    sensitivity,
  },
  rowLevelSecurity: 'force',
  policies: labelledChartReaders('comparison_mover', null),
})

/** How many move from one place to another, and which definitions decide it: what the coordinating body sees, already suppressed. */
export const ComparisonMove = defineEntity({
  name: 'ComparisonMove',
  tableName: 'comparison_move',
  properties: {
    comparisonId: p.uuid().primary(),
    groupIndex: p.smallint().primary(),
    before: p.text().$type<PlaceName>().primary(),
    after: p.text().$type<PlaceName>().primary(),
    /** Null where hidden. */
    charts: p.integer().nullable(),
    /** JSON: definitions with whether they were lost or gained, and by how many, null where hidden. */
    reasons: p.text(),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('comparison_move', databaseRoles.worker, 'all'), openTo('comparison_move', databaseRoles.region, 'select')],
})
