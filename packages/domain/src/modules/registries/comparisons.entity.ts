import { databaseRoles, labelledChartReaders, only, openTo, wishFor, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { sensitivity } from '#modules/record'
import type { RegistryReason } from './registries.entity.ts'

export type ComparisonState = 'queued' | 'running' | 'done' | 'failed'
/** STAYS is kept as well: whoever counts a person once has to know of all of their charts. */
export type RegistryChange = 'enters' | 'leaves' | 'stays'

/** A clause that decides it: of the way in or of the way out, and whether it holds by the other version, or no longer. */
export interface MoverReason extends RegistryReason {
  readonly part: 'entry' | 'exit'
  readonly change: 'lost' | 'gained'
}

/** What those who work with charts learn of a comparison: which versions, as of when; the counts are the region's. */
const TOLD_TO_PRACTICES = ['id', 'registry', 'before_hash', 'after_hash', 'as_of', 'state', 'finished_at']

/** A version of a registry beside the one in force, over all charts as they stand on one day. */
export const RegistryComparison = defineEntity({
  name: 'RegistryComparison',
  tableName: 'registry_comparison',
  properties: {
    id: p.uuid().primary(),
    registry: p.text().index('registry_comparison_registry'),
    /** What was in force when it was asked for; null: the registry was not counted. */
    beforeHash: p.text().nullable(),
    afterHash: p.text(),
    /** Null until it is planned. */
    asOf: p.date().nullable(),
    watermark: p.bigint().nullable(),
    chartsDone: p.integer().default(0),
    chartsTotal: p.integer().default(0),
    /** JSON: people who come in, leave and stay, by practice and in all, and why: already suppressed. Null until it is done. */
    counts: p.text().nullable(),
    state: p.text().$type<ComparisonState>().check("state in ('queued', 'running', 'done', 'failed')"),
    requestedBy: p.uuid(),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [
    openTo('registry_comparison', databaseRoles.worker, 'all'),
    openTo('registry_comparison', databaseRoles.region, 'select'),
    wishFor('registry_comparison', 'start', 'Registry', '(counts IS NULL)'),
    only(TOLD_TO_PRACTICES, openTo('registry_comparison', databaseRoles.practice, 'select')),
    only(TOLD_TO_PRACTICES, openTo('registry_comparison', databaseRoles.careManager, 'select')),
  ],
})

/** A slice of one practice's charts in a comparison. */
export const RegistryComparisonChunk = defineEntity({
  name: 'RegistryComparisonChunk',
  tableName: 'registry_comparison_chunk',
  properties: {
    practiceId: p.uuid().primary(),
    comparisonId: p.uuid().primary(),
    ordinal: p.integer().primary(),
    firstPatientId: p.uuid(),
    lastPatientId: p.uuid(),
    charts: p.integer(),
    finishedAt: p.string().columnType('timestamptz').nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [workedPractices('registry_comparison_chunk')],
})

/** A chart that is in the registry by one of the two versions, or by both. No patient's to read: nothing is decided yet. */
export const RegistryMover = defineEntity({
  name: 'RegistryMover',
  tableName: 'registry_mover',
  properties: {
    practiceId: p.uuid().primary(),
    comparisonId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    /** Who goes over from an open stay to a labelled one leaves the one and enters the other. */
    change: p.text().$type<RegistryChange>().primary().check("change in ('enters', 'leaves', 'stays')"),
    reasons: p.json().$type<readonly MoverReason[]>(),
    /** The person would not come in, or was not in it, but for records with this label. */
    sensitivity,
  },
  rowLevelSecurity: 'force',
  policies: labelledChartReaders('registry_mover', null).filter(({ roles }) => !roles.includes(databaseRoles.patient)),
})
