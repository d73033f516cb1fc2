import { databaseRoles } from './database-role.ts'
import { only, openTo, ownPractice, type Policy, setting, workedPractices } from './policies.ts'
import type { Action, SubjectName } from './subject.ts'
import { adds, among, asMyself, changes, may } from './writing-policies.ts'

/* What the region's people write about measures, and the work that they wish for. */

/** Publishing a draft leaves it, and who wrote it, as it was. */
const ONLY_PUBLISHED = `(EXISTS ( SELECT
   FROM measure_draft was
  WHERE (${['id', 'title', 'description', 'improvement', 'cql', 'version', 'updated_by', 'updated_at'].map((column) => `(was.${column} = measure_draft.${column})`).join(' AND ')})))`
const WAITING = `(state = 'queued'::text)`

/** A package never changes but for which way is better, an agreement never; drafts are for whoever writes measures. */
export const measureWriters = {
  packages: [
    adds('measure_package', databaseRoles.region, `(${may('create', 'MeasurePackage')} AND ${asMyself('loaded_by')})`),
    changes('measure_package', databaseRoles.region, ['improvement'], 'true', may('start', 'MeasurePackage')),
  ],
  term: adds('measure_term', databaseRoles.region, `(${may('start', 'MeasurePackage')} AND ${asMyself('agreed_by')})`),
  strata: adds('strata_term', databaseRoles.region, `(${may('start', 'MeasurePackage')} AND ${asMyself('agreed_by')})`),
  drafts: [
    adds('measure_draft', databaseRoles.region, `(${may('create', 'MeasurePackage')} AND ${asMyself('updated_by')})`),
    changes(
      'measure_draft',
      databaseRoles.region,
      ['title', 'description', 'improvement', 'cql', 'version', 'updated_by', 'updated_at', 'published_hash'],
      'true',
      `(${may('create', 'MeasurePackage')} AND (${asMyself('updated_by')} OR ${ONLY_PUBLISHED}))`,
    ),
  ],
} as const

/** Definitions of registries, and which are in force: for whoever works with charts, the patient and the region, and for no payer. */
export const registryReaders = (table: string): Policy[] =>
  [databaseRoles.practice, databaseRoles.careManager, databaseRoles.patient, databaseRoles.region].map((role) =>
    openTo(table, role, 'select'),
  )

export const registryWriters = {
  term: adds('registry_term', databaseRoles.region, `(${may('start', 'Registry')} AND ${asMyself('agreed_by')})`),
} as const

/** Wishes for work on measures, in the own name. */
export const wishFor = (table: string, action: Action, subject: SubjectName, ...more: readonly string[]): Policy =>
  adds(table, databaseRoles.region, `(${[may(action, subject), asMyself('requested_by'), WAITING, ...more].join(' AND ')})`)

const work = (names: readonly string[], which: string): string => `(${among('name', names)} AND ${which})`

/** The jobs that somebody of the region may wish for: none of them is told what to do but by its name and what it names. */
export const regionJobs: Policy = adds(
  'job',
  databaseRoles.region,
  `(${WAITING} AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (${[
    work(['mail.invitation'], `(practice_id IS NULL) AND ${may('create', 'Membership')}`),
    work(['measures.run'], `(practice_id IS NULL) AND ${may('start', 'MetricRun')}`),
    work(['packages.try-draft', 'packages.compare', 'packages.check-deck'], `(practice_id IS NULL) AND ${may('create', 'MeasurePackage')}`),
    work(['registries.compare'], `(practice_id IS NULL) AND ${may('start', 'Registry')}`),
    work(['staff.plan'], `(practice_id IS NULL) AND ${may('create', 'StaffPlan')}`),
    work(['record.label'], `(practice_id = subject_id) AND ${may('update', 'Organization')}`),
  ].join(' OR ')}))`,
)

/** Whoever asks people or patients in to the own practice has the letter sent: of an invitation that it can see, which is one of its own. */
export const mailOfOwnInvitation: Policy = adds(
  'job',
  databaseRoles.practice,
  `(${WAITING} AND (name = 'mail.invitation'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM invitation i
  WHERE ((i.id = job.subject_id) AND (((i.role <> 'patient'::text) AND ${may('create', 'Membership', 'practice')}) OR ((i.role = 'patient'::text) AND ${may('create', 'PatientSignIn', 'practice')}))))))`,
)

/** Files of the list: whoever asked for one reads it, file and all, and nobody else of the practice; the worker makes and removes it. */
export const listExportKeepers: readonly Policy[] = [
  ...(['practice', 'careManager'] as const).flatMap((who) => {
    const mine = `(membership_id = ${setting('membership_id')})`
    const kind = who === 'practice' ? 'practice' : 'coordinating-body'
    const empty = "(state = 'queued'::text) AND (content IS NULL) AND (charts IS NULL) AND (finished_at IS NULL)"
    return [
      {
        name: `list_export_${databaseRoles[who].replace('commons_', '')}_reads`,
        command: 'select' as const,
        roles: [databaseRoles[who]],
        using: mine,
      },
      adds('list_export', databaseRoles[who], `(${mine} AND ${empty} AND ${may('create', 'ListExport', kind)})`),
    ]
  }),
  openTo('list_export', databaseRoles.worker, 'all'),
]

/** The file that somebody asked for is made: of an own wish that waits. */
export const exportOfOwn: readonly Policy[] = (['practice', 'careManager'] as const).map((who) => ({
  ...adds(
    'job',
    databaseRoles[who],
    `(${WAITING} AND (name = 'lists.export'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM list_export e
  WHERE ((e.id = job.subject_id) AND (e.state = 'queued'::text) AND (e.membership_id = ${setting('membership_id')})))))`,
  ),
  name: `job_${databaseRoles[who].replace('commons_', '')}_exports`,
}))

/** All of an upload but the file itself: that lands, and is not read back. */
const TOLD_OF_UPLOADS = [
  ...['id', 'practice_id', 'name', 'bytes', 'state', 'requested_by', 'requested_by_name', 'requested_at', 'finished_at', 'lines', 'counts'],
  ...['rejected', 'rejections', 'failure'],
]

/** Files of records: whoever may send some adds them to the own practice, in the own name, and they wait; what becomes of them the worker writes. */
export const recordUploadKeepers: readonly Policy[] = [
  only(TOLD_OF_UPLOADS, ownPractice('record_upload')),
  adds(
    'record_upload',
    databaseRoles.practice,
    `((practice_id = ${setting('practice_id')}) AND ${may('create', 'RecordUpload', 'practice')} AND ${asMyself('requested_by')} AND ${WAITING} AND (finished_at IS NULL) AND (counts IS NULL))`,
  ),
  workedPractices('record_upload'),
]

/** The file is read: of an own practice's upload that waits. */
export const uploadOfOwn: Policy = {
  ...adds(
    'job',
    databaseRoles.practice,
    `(${WAITING} AND (name = 'intake.import'::text) AND (practice_id = ${setting('practice_id')}) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM record_upload u
  WHERE ((u.id = job.subject_id) AND (u.practice_id = job.practice_id) AND (u.state = 'queued'::text) AND ${asMyself('u.requested_by')}))))`,
  ),
  name: 'job_practice_uploads',
}

/** Whoever has chosen new ways to sign in is told by a letter that this happened. */
export const mailOfRenewal: Policy = adds(
  'job',
  databaseRoles.door,
  `(${WAITING} AND (name = 'mail.renewed'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM invitation i
  WHERE ((i.id = job.subject_id) AND (i.renews IS NOT NULL) AND (i.accepted_at IS NOT NULL)))))`,
)

/** What whoever reads figures learns of their run: who asked for it, under which key and why it failed is the region's to know. */
const RUN_OF_FIGURES = [
  'id',
  'region_id',
  'period_start',
  'period_end',
  'watermark',
  'package_hashes',
  'engine',
  'state',
  'finished_at',
  'live_of',
]

/** Whoever reads figures reads of their run; of one that follows records between runs a payer could tell from two looks that somebody came in. */
export const runReaders: readonly Policy[] = [
  ...([databaseRoles.practice, databaseRoles.careManager, databaseRoles.patient] as const).map((role) =>
    only(RUN_OF_FIGURES, openTo('metric_run', role, 'select')),
  ),
  only(RUN_OF_FIGURES, {
    name: 'metric_run_payer_select',
    command: 'select',
    roles: [databaseRoles.payer],
    using: `((state = 'published'::text) AND (live_of IS NULL))`,
  }),
]
