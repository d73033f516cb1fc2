import {
  databaseRoles,
  labelledChartReaders,
  openTo,
  ownPayer,
  ownPractice,
  regionDirectory,
  runReaders,
  standInReaders,
  wishFor,
  workedPractices,
} from '@carecommons/access'
import type { PackedStratum } from '@carecommons/cql'
import { defineEntity, p } from '@mikro-orm/core'
import { sensitivity } from '#modules/record'
import type { Strata } from './strata.ts'

export const runStates = ['queued', 'evaluating', 'scoring', 'published', 'failed'] as const
export type RunStateName = (typeof runStates)[number]

/** One computation of the measure set over a period, reading the facts that stood at its watermark. */
export const MetricRun = defineEntity({
  name: 'MetricRun',
  tableName: 'metric_run',
  properties: {
    id: p.uuid().primary(),
    regionId: p.uuid(),
    periodStart: p.date(),
    periodEnd: p.date(),
    watermark: p.bigint().nullable(),
    packageHashes: p.array().columnType('text[]'),
    /** Engine name and version. */
    engine: p.text().nullable(),
    state: p.text().$type<RunStateName>().check("state in ('queued', 'evaluating', 'scoring', 'published', 'failed')"),
    idempotencyKey: p.text().unique(),
    requestedBy: p.uuid().nullable(),
    requestedAt: p.string().columnType('timestamptz'),
    startedAt: p.string().columnType('timestamptz').nullable(),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
    /** The run that this one began as: since then it follows the records of a period that is not over, and its watermark moves. */
    liveOf: p.uuid().nullable(),
    /** The run that this one computes once more. */
    repeats: p.uuid().nullable(),
    /** By what its figures are broken down, as agreed when it was planned; null: by nothing. */
    strata: p.json().$type<Strata>().nullable(),
  },
  // Periods that overlap could be subtracted from each other: `isCalendarYear` says more.
  checks: [
    {
      name: 'metric_run_period_year',
      expression:
        "((EXTRACT(doy FROM period_start) = (1)::numeric) AND (period_end = (((period_start + '1 year'::interval) - '1 day'::interval))::date))",
    },
  ],
  rowLevelSecurity: 'force',
  policies: [
    openTo('metric_run', databaseRoles.worker, 'all'),
    openTo('metric_run', databaseRoles.region, 'select'),
    // What it reads and computes with is fixed when it is planned, and not by whoever wishes for it.
    wishFor(
      'metric_run',
      'start',
      'MetricRun',
      '(watermark IS NULL)',
      "(package_hashes = '{}'::text[])",
      '(live_of IS NULL)',
      '(strata IS NULL)',
    ),
    ...runReaders,
  ],
})

/** Charts whose records changed after the published run of the current period had read them. */
export const ChangedChart = defineEntity({
  name: 'ChangedChart',
  tableName: 'changed_chart',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    /** What the region's data stood at when the chart was last projected. */
    watermark: p.bigint(),
    /** Whether the live figures have it. */
    evaluated: p.boolean().default(false),
    /** What the chart stood at when people were last told that it moved. */
    told: p.bigint().nullable(),
  },
  indexes: [{ name: 'changed_chart_waiting', properties: ['practiceId', 'watermark'], where: 'not evaluated' }],
  rowLevelSecurity: 'force',
  policies: [workedPractices('changed_chart')],
})

/** A slice of one practice's charts in a run. */
export const MetricChunk = defineEntity({
  name: 'MetricChunk',
  tableName: 'metric_chunk',
  properties: {
    id: p.uuid().primary(),
    runId: p.uuid(),
    practiceId: p.uuid(),
    ordinal: p.integer(),
    /** Charts with first <= patient_id <= last. */
    firstPatientId: p.uuid(),
    lastPatientId: p.uuid(),
    charts: p.integer(),
    /** Charts that the engine could not evaluate; they stand in no population. */
    unevaluated: p.integer().default(0),
    /** Milliseconds from asking to having: the charts' records, their memberships, these in the database. */
    fetchMs: p.integer().default(0),
    evaluateMs: p.integer().default(0),
    writeMs: p.integer().default(0),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    /** Since when its coming gaps are known, and what they took in milliseconds. */
    comingAt: p.string().columnType('timestamptz').nullable(),
    comingMs: p.integer().default(0),
  },
  uniques: [{ name: 'metric_chunk_ordinal', properties: ['runId', 'practiceId', 'ordinal'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('metric_chunk', databaseRoles.worker, 'all'), openTo('metric_chunk', databaseRoles.region, 'select')],
})

/** Where one chart stands in one group of one measure of a run, with the resources that decided it. */
export const MeasureMembership = defineEntity({
  name: 'MeasureMembership',
  tableName: 'measure_membership',
  properties: {
    practiceId: p.uuid().primary(),
    runId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    measureId: p.text().primary(),
    groupIndex: p.smallint().primary(),
    initialPopulation: p.smallint(),
    denominator: p.smallint(),
    denominatorExclusion: p.smallint(),
    denominatorException: p.smallint(),
    numerator: p.smallint(),
    /** `Type/id` of the resources that decided it. */
    evidence: p.array().columnType('text[]'),
    /** The label of a resource among its evidence, if one has one. */
    sensitivity,
    /** Day of the newest record in the period of the kinds that the measure asks for; -infinity: there is none, null: it was not looked for. */
    recordedOn: p.date().nullable(),
    /** Where it counts by the measure's own stratifiers, which share out its counts; null: the group has none. */
    strata: p.json().$type<readonly PackedStratum[]>().nullable(),
  },
  partitionBy: { type: 'hash', expression: 'practiceId', partitions: 8 },
  rowLevelSecurity: 'force',
  policies: labelledChartReaders('measure_membership', null),
})

/**
 * Where a chart stands in a measure by some of its records, where its labelled ones lead elsewhere. Whoever may not know of these is told this
 * in place of the membership, which nobody else is told: that something is missing would tell of them. Figures do not count it.
 */
export const OpenMembership = defineEntity({
  name: 'OpenMembership',
  tableName: 'open_membership',
  properties: {
    practiceId: p.uuid().primary(),
    runId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    measureId: p.text().primary(),
    groupIndex: p.smallint().primary(),
    /** The strictest label among the records that were read: none, or behavioral. */
    level: p.text().primary(),
    /** Labels of the records that lead elsewhere. */
    givesWayTo: p.array().columnType('text[]'),
    initialPopulation: p.smallint(),
    denominator: p.smallint(),
    denominatorExclusion: p.smallint(),
    denominatorException: p.smallint(),
    numerator: p.smallint(),
    evidence: p.array().columnType('text[]'),
    sensitivity,
  },
  rowLevelSecurity: 'force',
  policies: standInReaders('open_membership'),
})

/**
 * Whose a chart is, who paid for it in the period of a run, and the strata that it counts in, as known when it was scored: identifiers and charts are
 * corrected and coverage is rebuilt, a run's stay. No payer: uninsured. Of a run that follows records person and strata alone, which follow them.
 */
export const RunMember = defineEntity({
  name: 'RunMember',
  tableName: 'run_member',
  properties: {
    practiceId: p.uuid().primary(),
    runId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    personId: p.uuid(),
    payerId: p.uuid().nullable(),
    ageBand: p.text().nullable(),
    sex: p.text().nullable(),
    zip3: p.text().nullable(),
  },
  indexes: [
    { name: 'run_member_payer', properties: ['runId', 'payerId'] },
    { name: 'run_member_person', properties: ['runId', 'personId'] },
  ],
  rowLevelSecurity: 'force',
  policies: [workedPractices('run_member')],
})

const counts = {
  initialPopulation: p.integer(),
  denominator: p.integer(),
  denominatorExclusion: p.integer(),
  denominatorException: p.integer(),
  numerator: p.integer(),
}

/**
 * All-payer scores: one row per practice, and one for the region (practice null) that counts persons once. A practice reads its own; of
 * the region's it is told a rate, through a definer function.
 */
export const Score = defineEntity({
  name: 'Score',
  tableName: 'score',
  properties: {
    id: p.uuid().primary(),
    runId: p.uuid(),
    practiceId: p.uuid().nullable(),
    measureId: p.text(),
    groupIndex: p.smallint(),
    ...counts,
    /** How many of the denominator have a record in the period of the kinds that the measure asks for; null: nobody looked. */
    recorded: p.integer().nullable(),
    /** Day of the newest of these records. */
    recordedUntil: p.date().nullable(),
  },
  indexes: [{ name: 'score_run', properties: ['runId', 'practiceId'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('score', databaseRoles.worker, 'all'), openTo('score', databaseRoles.region, 'select'), ownPractice('score')],
})

/** Scores split by payer, before suppression; payer null means the uninsured. Jobs and nobody else. */
export const PayerScore = defineEntity({
  name: 'PayerScore',
  tableName: 'payer_score',
  properties: {
    id: p.uuid().primary(),
    runId: p.uuid().index('payer_score_run'),
    payerId: p.uuid().nullable(),
    practiceId: p.uuid().nullable(),
    measureId: p.text(),
    groupIndex: p.smallint(),
    ...counts,
  },
  rowLevelSecurity: 'force',
  policies: [openTo('payer_score', databaseRoles.worker, 'all')],
})

const shownCounts = {
  initialPopulation: p.integer().nullable(),
  denominator: p.integer().nullable(),
  denominatorExclusion: p.integer().nullable(),
  denominatorException: p.integer().nullable(),
  numerator: p.integer().nullable(),
}

/** What a payer may pull, and all that it ever could: already suppressed, every count null where the row is hidden. */
export const PayerPerformance = defineEntity({
  name: 'PayerPerformance',
  tableName: 'payer_performance',
  properties: {
    id: p.uuid().primary(),
    runId: p.uuid().index('payer_performance_run'),
    payerId: p.uuid(),
    practiceId: p.uuid().nullable(),
    measureId: p.text(),
    groupIndex: p.smallint(),
    hidden: p.boolean(),
    /** The run that the counts are of: an earlier one where too few have changed since. Null where the row is hidden. */
    figuresOf: p.uuid().nullable(),
    ...shownCounts,
  },
  // Which practices a payer has figures of: asked for every practice that it reads of.
  indexes: [{ name: 'payer_performance_practice', properties: ['payerId', 'practiceId'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('payer_performance', databaseRoles.worker, 'all'), ownPayer('payer_performance')],
})

/** The run whose figures everybody reads for a period. Replaced in one statement: readers see the old run or the new one, whole. */
export const Publication = defineEntity({
  name: 'Publication',
  tableName: 'publication',
  properties: {
    periodStart: p.date().primary(),
    periodEnd: p.date().primary(),
    runId: p.uuid(),
    publishedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: regionDirectory('publication'),
})
