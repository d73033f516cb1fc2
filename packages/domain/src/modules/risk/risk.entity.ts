import { assignedPractices, databaseRoles, openTo, overrideWriters, ownPractice, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import type { RiskInput } from './risk-chart.ts'
import type { Segment } from './tier-tables.ts'

/** The practice and its care managers, and jobs. A patient hears of a score from a person: it is none of the chart's own words. */
const riskReaders = (table: string) => [ownPractice(table), assignedPractices(table), workedPractices(table)]

/**
 * Where a chart stands, worked out of its facts of today. No labelled record adds anything, whoever looks: a score that changed with a consent
 * would tell of what the consent is to. It cannot name a payer.
 */
export const PatientRisk = defineEntity({
  name: 'PatientRisk',
  tableName: 'patient_risk',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    tier: p.smallint().default(0),
    segment: p.text().$type<Segment>().nullable(),
    opportunity: p.smallint().default(0),
    /** What weighs most, in words. */
    reasons: p.array().columnType('text[]').$type<string[]>().default([]),
    /** The day as of which; before all days when facts or gaps changed since. */
    workedOutOn: p.date().defaultRaw(`'-infinity'`),
    watermark: p.bigint().nullable(),
    /** The clinician's word that its place in lists follows; null: the tier that was worked out. */
    overrideId: p.uuid().nullable(),
    /** The day as of which its row in `risk_outcome` was worked out. */
    outcomeOn: p.date().nullable(),
  },
  indexes: [
    { name: 'patient_risk_due', properties: ['practiceId', 'workedOutOn', 'patientId'] },
    { name: 'patient_risk_overridden', properties: ['practiceId', 'overrideId'], where: '(override_id IS NOT NULL)' },
  ],
  rowLevelSecurity: 'force',
  policies: riskReaders('patient_risk'),
})

/** What one model says of a chart, line by line. */
export const RiskScore = defineEntity({
  name: 'RiskScore',
  tableName: 'risk_score',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    model: p.text().primary(),
    version: p.text(),
    score: p.smallint(),
    band: p.text().nullable(),
    inputs: p.json().$type<RiskInput[]>(),
    workedOutOn: p.date(),
    watermark: p.bigint(),
  },
  rowLevelSecurity: 'force',
  policies: riskReaders('risk_score'),
})

/** A clinician's own word on a tier, beside what was worked out. A chart has one that is not ended; what was written keeps its words. */
export const TierOverride = defineEntity({
  name: 'TierOverride',
  tableName: 'tier_override',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    /** As it was worked out when the clinician judged. */
    tierBefore: p.smallint(),
    tier: p.smallint().check('((tier >= 0) AND (tier <= 4))'),
    words: p.text(),
    /** The last day. */
    expiresOn: p.date(),
    recordedBy: p.uuid(),
    recordedByName: p.text(),
    recordedAt: p.string().columnType('timestamptz'),
    endedAt: p.string().columnType('timestamptz').nullable(),
    endedByName: p.text().nullable(),
    idempotencyKey: p.text(),
  },
  uniques: [
    { name: 'tier_override_idempotency', properties: ['practiceId', 'idempotencyKey'] },
    { name: 'tier_override_standing', properties: ['practiceId', 'patientId'], where: '(ended_at IS NULL)' },
  ],
  indexes: [{ name: 'tier_override_chart', properties: ['practiceId', 'patientId'] }],
  rowLevelSecurity: 'force',
  policies: [...riskReaders('tier_override'), ...overrideWriters],
})

/** What a model would have said of a chart a year ago, and whether a stay in hospital followed within that year: what calibration counts. */
export const RiskOutcome = defineEntity({
  name: 'RiskOutcome',
  tableName: 'risk_outcome',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    model: p.text().primary(),
    score: p.smallint(),
    stayed: p.boolean(),
  },
  rowLevelSecurity: 'force',
  policies: [workedPractices('risk_outcome')],
})

/** How often a stay in hospital followed in this region, by model and score. Fewer than eleven people are never told apart. */
export const RiskCalibration = defineEntity({
  name: 'RiskCalibration',
  tableName: 'risk_calibration',
  properties: {
    model: p.text().primary(),
    score: p.smallint().primary(),
    people: p.integer(),
    /** Null where it, or the rest, is of fewer than eleven. */
    stayed: p.integer().nullable(),
    /** The day as of which the scores are; the year after it is what followed. */
    asOf: p.date(),
    countedOn: p.date(),
  },
  rowLevelSecurity: 'force',
  policies: [
    ...[databaseRoles.practice, databaseRoles.careManager, databaseRoles.region].map((role) => openTo('risk_calibration', role, 'select')),
    openTo('risk_calibration', databaseRoles.worker, 'all'),
  ],
})
