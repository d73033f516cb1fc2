import { databaseRoles, labelledChartReaders, openTo } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

export const sensitivities = ['part2', 'behavioral'] as const
/** `part2`: under 42 CFR Part 2. `behavioral`: behavioral health. Of a record that is both, the stricter one. */
export type Sensitivity = (typeof sensitivities)[number]

/** Of a row under special protection: which consent opens it. Null: none is needed. */
export const sensitivity = p.text().$type<Sensitivity>().nullable().check("sensitivity in ('part2', 'behavioral')")

/**
 * Every version of every clinical resource, append-only. What stood at watermark W is, for each resource, the row with the greatest
 * `watermark <= W`; only its label and what replaced it change. The key keeps one chart's rows together, so that a run streams charts in order.
 */
export const ResourceVersion = defineEntity({
  name: 'ResourceVersion',
  tableName: 'resource_version',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    type: p.text().primary(),
    fhirId: p.text().primary(),
    watermark: p.bigint().primary(),
    /** 16 bytes over the text. */
    hash: p.blob().columnType('bytea'),
    /** Ids of the codes a value set can hit; empty when the resource carries none. */
    codes: p.array().columnType('int[]').$type<number[]>(),
    /** When it took place, as written; infinite where nothing bounds it. What a measure cannot look at need not be read. */
    firstDay: p.date().defaultRaw(`'-infinity'`),
    lastDay: p.date().defaultRaw(`'infinity'`),
    /** The watermark from which a newer version stands. What stood at W: `watermark <= W`, and this is empty or greater. */
    supersededAt: p.bigint().nullable(),
    /** The resource as it came, JSON. */
    content: p.text(),
    importFileId: p.uuid(),
    line: p.integer(),
    sensitivity,
    /** The resource left this chart: a correction named another patient. Such a version has no content of its own. */
    withdrawn: p.boolean().default(false),
  },
  // In which chart of a practice a resource stood before; ids are compared only, so a hash does, at a third of the size.
  indexes: [
    { name: 'resource_version_fhir_id', properties: ['fhirId'], type: 'hash' },
    // Runs read type by type through a practice's charts, and pass over what is too old without touching it. The condition keeps it away
    // from those who look for one resource: in a chart of thousands it would be read through for each.
    { name: 'resource_version_need', properties: ['practiceId', 'type', 'patientId', 'lastDay'], where: 'not withdrawn' },
  ],
  partitionBy: { type: 'hash', expression: 'practiceId', partitions: 8 },
  rowLevelSecurity: 'force',
  policies: labelledChartReaders('resource_version', 'resource_version.type'),
})

/** The typed projection of clinical resources: one row per coded fact, components of a panel as parts 1 and up. */
export const ClinicalFact = defineEntity({
  name: 'ClinicalFact',
  tableName: 'clinical_fact',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    type: p.text().primary(),
    fhirId: p.text().primary(),
    part: p.smallint().primary(),
    codeId: p.integer().nullable(),
    category: p.text().nullable(),
    status: p.text().nullable(),
    /** `entered-in-error` and `refuted` mean that it does not hold. */
    verification: p.text().nullable(),
    startsAt: p.string().columnType('timestamptz').nullable(),
    endsAt: p.string().columnType('timestamptz').nullable(),
    /** The calendar day as the source wrote it, where it happened. */
    startsOn: p.date().nullable(),
    value: p.decimal().columnType('numeric').nullable(),
    /** `<`, `<=`, `>=`, `>` when the value is a bound. */
    comparator: p.text().nullable(),
    unit: p.text().nullable(),
    valueCodeId: p.integer().nullable(),
    valueText: p.text().nullable(),
    sensitivity,
  },
  partitionBy: { type: 'hash', expression: 'practiceId', partitions: 8 },
  rowLevelSecurity: 'force',
  policies: labelledChartReaders('clinical_fact', 'clinical_fact.type'),
})

/**
 * Every code met so far, with the id that rows carry instead. Imports, one at a time, number them. A code alone may tell that somebody has
 * it, so people read only those that the product follows, whether or not a chart brought them; of others the chart's own record tells.
 * What a chart calls a code stays in its record, too: another chart may say other words.
 */
export const Code = defineEntity({
  name: 'Code',
  tableName: 'code',
  properties: {
    id: p.integer().primary().autoincrement(false),
    system: p.text(),
    code: p.text(),
    /** One of the product's own: see `followedCodes`. */
    followed: p.boolean().default(false),
  },
  uniques: [{ name: 'code_system_code', properties: ['system', 'code'] }],
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'code_followed',
      command: 'select',
      roles: [databaseRoles.practice, databaseRoles.careManager, databaseRoles.patient, databaseRoles.grantee],
      using: 'followed',
    },
    openTo('code', databaseRoles.worker, 'all'),
  ],
})

/** Versions of the region's directory: organizations, practitioners, locations. They belong to no chart. */
export const DirectoryVersion = defineEntity({
  name: 'DirectoryVersion',
  tableName: 'directory_version',
  properties: {
    type: p.text().primary(),
    fhirId: p.text().primary(),
    watermark: p.bigint().primary(),
    hash: p.blob().columnType('bytea'),
    /** What people call it. */
    name: p.text().nullable(),
    content: p.text(),
    importFileId: p.uuid(),
    line: p.integer(),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('directory_version', databaseRoles.worker, 'all')],
})
