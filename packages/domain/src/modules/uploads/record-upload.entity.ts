import { recordUploadKeepers } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** What became of lines, by type of resource. */
export type UploadCounts = Readonly<Record<string, Readonly<Record<'created' | 'updated' | 'unchanged' | 'rejected', number>>>>
export interface UploadRejection {
  readonly line: number
  readonly reason: string
}

/** A file of records that somebody of a practice sent: the file until it has landed, and what became of its lines. */
export const RecordUpload = defineEntity({
  name: 'RecordUpload',
  tableName: 'record_upload',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    /** As the sender's computer calls the file. */
    name: p.text(),
    bytes: p.integer(),
    state: p.text().$type<'queued' | 'done' | 'failed'>().check("state in ('queued', 'done', 'failed')"),
    requestedBy: p.uuid(),
    requestedByName: p.text(),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    /** Lines read, blank ones too; of a Bundle its entries. */
    lines: p.integer().nullable(),
    counts: p.json().$type<UploadCounts>().nullable(),
    rejected: p.integer().default(0),
    /** The first of them; all stand, whole, with the import's. */
    rejections: p.json().$type<readonly UploadRejection[]>().nullable(),
    failure: p.text().nullable(),
    content: p.blob().columnType('bytea').nullable(),
  },
  indexes: [{ name: 'record_upload_practice', properties: ['practiceId', 'requestedAt'] }],
  rowLevelSecurity: 'force',
  policies: [...recordUploadKeepers],
})
