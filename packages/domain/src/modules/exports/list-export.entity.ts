import { listExportKeepers } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import type { PatientColumnName, PatientFilter, PatientOrderName } from '#modules/registry'

export type ExportFormat = 'csv' | 'ndjson'
/** `gone`: kept its time, and removed. */
export type ExportState = 'queued' | 'done' | 'failed' | 'gone'

/** A file of the patients' list that somebody asked for: what of it, what came of it, and, for a day, the file. */
export const ListExport = defineEntity({
  name: 'ListExport',
  tableName: 'list_export',
  properties: {
    id: p.uuid().primary(),
    /** Who asked, and alone has it. */
    membershipId: p.uuid(),
    format: p.text().$type<ExportFormat>().check("format in ('csv', 'ndjson')"),
    filter: p.json().$type<Omit<PatientFilter, 'search'>>(),
    sort: p.text().$type<PatientOrderName>(),
    reversed: p.boolean(),
    columns: p.array().columnType('text[]').$type<PatientColumnName[]>(),
    /** Those who were chosen; null: everybody whom the filter finds. */
    patientIds: p.array().columnType('uuid[]').nullable(),
    state: p.text().$type<ExportState>().check("state in ('queued', 'done', 'failed', 'gone')"),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    /** Charts written so far, of how many. */
    written: p.integer().default(0),
    total: p.integer().nullable(),
    /** Charts in the file, by practice. */
    charts: p.json().$type<Readonly<Record<string, readonly string[]>>>().nullable(),
    /** Of these the ones that something labelled was written of. */
    labelledIds: p.array().columnType('uuid[]').default([]),
    /** Of the published figures that gaps come from. */
    runId: p.uuid().nullable(),
    failure: p.text().nullable(),
    content: p.text().nullable(),
  },
  indexes: [{ name: 'list_export_membership', properties: ['membershipId'] }],
  rowLevelSecurity: 'force',
  policies: [...listExportKeepers],
})
