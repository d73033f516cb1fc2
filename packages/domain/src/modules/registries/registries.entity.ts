import {
  assignedPractices,
  databaseRoles,
  labelledChartReaders,
  openTo,
  ownPractice,
  registryReaders,
  registryWriters,
  toldToPatients,
  workedPractices,
} from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { sensitivity } from '#modules/record'

/** A version of a registry's definition: a FHIR Measure of scoring `cohort` with its Library and ValueSets in one Bundle. Kept for ever. */
export const RegistryPackage = defineEntity({
  name: 'RegistryPackage',
  tableName: 'registry_package',
  properties: {
    /** sha256 over the canonical bundle, hex. */
    hash: p.text().primary(),
    /** Id of the Measure. */
    registry: p.text().index('registry_package_registry'),
    version: p.text(),
    title: p.text(),
    description: p.text(),
    /** What it rests on, as the Measure cites it. */
    sources: p.array().columnType('text[]'),
    cql: p.text(),
    /** Hash of the sources it was translated from: an unchanged source is not translated again. */
    sourceHash: p.text(),
    bundle: p.text(),
    loadedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [...registryReaders('registry_package'), openTo('registry_package', databaseRoles.worker, 'all')],
})

/**
 * What the region agreed on for all practices: a registry counts by a version, or, without one, not at all. Rows are added and never changed;
 * the latest counts.
 */
export const RegistryTerm = defineEntity({
  name: 'RegistryTerm',
  tableName: 'registry_term',
  properties: {
    id: p.uuid().primary(),
    registry: p.text().index('registry_term_registry'),
    /** Null: retired. */
    packageHash: p.text().nullable(),
    /** Where it stands on the page. */
    position: p.smallint(),
    /** Who put it in force; null for what ships with the product. */
    agreedBy: p.uuid().nullable(),
    /** With whom it was agreed, in words. */
    agreedWith: p.text(),
    agreedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [...registryReaders('registry_term'), openTo('registry_term', databaseRoles.worker, 'all'), registryWriters.term],
})

/** Every chart is to be counted by these versions, as of a day: each night, and when what is in force changes. Only the newest one counts. */
export const RegistryPass = defineEntity({
  name: 'RegistryPass',
  tableName: 'registry_pass',
  properties: {
    id: p.uuid().primary(),
    asOf: p.date(),
    packageHashes: p.array().columnType('text[]'),
    idempotencyKey: p.text().unique(),
    askedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('registry_pass', databaseRoles.worker, 'all')],
})

/** Since when a practice's charts are counted by a version: who was found on that day did not come in on it. */
export const RegistryBeginning = defineEntity({
  name: 'RegistryBeginning',
  tableName: 'registry_beginning',
  properties: { practiceId: p.uuid().primary(), packageHash: p.text().primary(), begunOn: p.date() },
  rowLevelSecurity: 'force',
  policies: [ownPractice('registry_beginning'), assignedPractices('registry_beginning'), workedPractices('registry_beginning')],
})

/** How far a chart is counted. */
export const RegistryChart = defineEntity({
  name: 'RegistryChart',
  tableName: 'registry_chart',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    /** What the region's data stood at when the chart last changed. */
    watermark: p.bigint(),
    /** Whether it has been counted since. */
    evaluated: p.boolean().default(false),
    countedOn: p.date().nullable(),
    /** The versions by which it was; null: never. */
    countedWith: p.array().columnType('text[]').nullable(),
  },
  indexes: [{ name: 'registry_chart_waiting', properties: ['practiceId', 'watermark'], where: 'not evaluated' }],
  rowLevelSecurity: 'force',
  policies: [workedPractices('registry_chart')],
})

export const enteredBy = ['first-count', 'definition', 'records'] as const
export type EnteredBy = (typeof enteredBy)[number]
export const leftBy = ['exit', 'ended', 'definition', 'retired'] as const
export type LeftBy = (typeof leftBy)[number]

/** A clause of the definition that held, and the records (`Type/id`) that it found. */
export interface RegistryReason {
  readonly clause: string
  readonly facts: readonly string[]
}

/**
 * A person's stay in a registry. Who comes back has another row; of a row nothing is changed but that it ends, and a label that a record it
 * rests on got later.
 */
export const RegistryMembership = defineEntity({
  name: 'RegistryMembership',
  tableName: 'registry_membership',
  properties: {
    practiceId: p.uuid().primary(),
    id: p.uuid().primary(),
    registry: p.text(),
    patientId: p.uuid(),
    enteredOn: p.date(),
    enteredBy: p.text().$type<EnteredBy>().check("entered_by in ('first-count', 'definition', 'records')"),
    enteredReasons: p.json().$type<readonly RegistryReason[]>(),
    /** The version that counted, and what the region's data stood at. */
    enteredHash: p.text(),
    enteredWatermark: p.bigint(),
    leftOn: p.date().nullable(),
    leftBy: p.text().$type<LeftBy>().nullable().check("left_by in ('exit', 'ended', 'definition', 'retired')"),
    /** What took the person out; empty where merely nothing keeps them in. */
    leftReasons: p.json().$type<readonly RegistryReason[]>().nullable(),
    leftHash: p.text().nullable(),
    leftWatermark: p.bigint().nullable(),
    /** The person would not be in it but for records with this label. */
    sensitivity,
    /** As the summary has them, which takes these along when they change (a trigger): the list is read in the order of risk. */
    deceased: p.boolean().default(false),
    riskRank: p.smallint().default(0),
  },
  uniques: [{ name: 'registry_membership_open', properties: ['practiceId', 'registry', 'patientId'], where: '(left_on IS NULL)' }],
  indexes: [
    { name: 'registry_membership_chart', properties: ['practiceId', 'patientId'] },
    {
      name: 'registry_membership_risk',
      properties: ['practiceId', 'registry', 'riskRank', 'patientId'],
      include: ['sensitivity'],
      where: 'left_on is null and not deceased',
    },
    { name: 'registry_membership_left', properties: ['practiceId', 'registry', 'leftOn'], where: 'left_on is not null' },
  ],
  checks: [{ name: 'registry_membership_ended', expression: '((left_on IS NULL) = (left_by IS NULL))' }],
  rowLevelSecurity: 'force',
  policies: toldToPatients(
    'practice_id id registry patient_id entered_on entered_by entered_reasons entered_hash entered_watermark left_on left_by left_reasons ' +
      'left_hash left_watermark sensitivity deceased',
    labelledChartReaders('registry_membership', null),
  ),
})
