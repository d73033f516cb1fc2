import { assignedPractices, ownPractice, workedPractices } from '@carecommons/access'
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
  },
  indexes: [{ name: 'patient_risk_due', properties: ['practiceId', 'workedOutOn', 'patientId'] }],
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
