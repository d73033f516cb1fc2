import {
  databaseRoles,
  exportOfOwn,
  mailOfOwnEmergency,
  mailOfOwnInvitation,
  mailOfRenewal,
  openTo,
  regionJobs,
  uploadOfOwn,
} from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** The ledger of jobs: written in the transaction that wants the work. The queue only delivers ids of these rows. */
export const Job = defineEntity({
  name: 'Job',
  tableName: 'job',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    /** What the job works on: a metric run, a chunk. */
    subjectId: p.uuid().nullable(),
    /** The practice it may touch; null for region-wide jobs that touch no chart or name their practices themselves. */
    practiceId: p.uuid().nullable(),
    /** Runs after these jobs. */
    parentId: p.uuid().nullable(),
    state: p.text().$type<'queued' | 'done' | 'failed'>().check("state in ('queued', 'done', 'failed')"),
    createdAt: p.string().columnType('timestamptz'),
    enqueuedAt: p.string().columnType('timestamptz').nullable(),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
  },
  indexes: [{ name: 'job_waiting', properties: ['state', 'enqueuedAt'] }],
  rowLevelSecurity: 'force',
  policies: [
    openTo('job', databaseRoles.worker, 'all'),
    regionJobs,
    mailOfOwnInvitation,
    mailOfRenewal,
    ...exportOfOwn,
    uploadOfOwn,
    ...mailOfOwnEmergency('job'),
  ],
})
