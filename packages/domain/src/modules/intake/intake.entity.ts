import { databaseRoles, openTo } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

const workerOnly = (table: string) => [openTo(table, databaseRoles.worker, 'all')]

/** One import of some files. */
export const ImportRun = defineEntity({
  name: 'ImportRun',
  tableName: 'import_run',
  properties: {
    id: p.uuid().primary(),
    regionId: p.uuid(),
    /** Same files, same options: an interrupted run with this fingerprint is taken up again. */
    fingerprint: p.text().index('import_run_fingerprint'),
    state: p.text().$type<'running' | 'finished'>().check("state in ('running', 'finished')"),
    startedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [...workerOnly('import_run'), openTo('import_run', databaseRoles.region, 'select')],
})

/** One file of an import: how far it is read, and what became of its lines. */
export const ImportFile = defineEntity({
  name: 'ImportFile',
  tableName: 'import_file',
  properties: {
    id: p.uuid().primary(),
    importRunId: p.uuid(),
    ordinal: p.integer(),
    name: p.text(),
    linesRead: p.integer().default(0),
    /** Of the lines read so far: whether they still say the same when the import is taken up. */
    checksum: p.integer().default(0),
    done: p.boolean().default(false),
    /** Per type: {created, updated, unchanged, rejected}. */
    counts: p.json().$type<Record<string, Record<string, number>>>(),
  },
  uniques: [{ name: 'import_file_ordinal', properties: ['importRunId', 'ordinal'] }],
  rowLevelSecurity: 'force',
  policies: [...workerOnly('import_file'), openTo('import_file', databaseRoles.region, 'select')],
})

/** A line that did not land, kept with its place and reason. */
export const ImportRejection = defineEntity({
  name: 'ImportRejection',
  tableName: 'import_rejection',
  properties: {
    importFileId: p.uuid().primary(),
    line: p.integer().primary(),
    code: p.text(),
    reason: p.text(),
    /** The bytes as they came, cut at 64 KiB. */
    content: p.blob().columnType('bytea'),
  },
  rowLevelSecurity: 'force',
  policies: workerOnly('import_rejection'),
})

/** A line whose patient has not been read yet; tried again when all files are read. */
export const ImportPending = defineEntity({
  name: 'ImportPending',
  tableName: 'import_pending',
  properties: { importFileId: p.uuid().primary(), line: p.integer().primary(), content: p.blob().columnType('bytea') },
  rowLevelSecurity: 'force',
  policies: workerOnly('import_pending'),
})
