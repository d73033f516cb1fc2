import { scopeRulePolicies, staffPolicies } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { type Discipline, disciplines, type Duty, duties } from '../duty.ts'

const oneOf = (column: string, values: readonly string[]): string => `${column} in (${values.map((value) => `'${value}'`).join(', ')})`

/** Who somebody of the shared staff is at work, beside the membership. */
export const StaffMember = defineEntity({
  name: 'StaffMember',
  tableName: 'staff_member',
  properties: {
    membershipId: p.uuid().primary(),
    discipline: p.text().$type<Discipline>().check(oneOf('discipline', disciplines)),
    employer: p.text(),
    /** Of full time. */
    ftePercent: p.smallint().check('((fte_percent >= 1) AND (fte_percent <= 100))'),
    /** Paid, in an ordinary week. */
    weeklyMinutes: p.smallint().check('((weekly_minutes >= 0) AND (weekly_minutes <= 3600))'),
    /** The town from which travel counts. */
    homeBase: p.text(),
    /** BCP 47: en, es. */
    languages: p.array().columnType('text[]'),
    /** Another membership of the shared staff. */
    supervisorId: p.uuid().nullable(),
    version: p.integer(),
    recordedBy: p.uuid(),
    recordedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: staffPolicies('staff_member', [
    'discipline',
    'employer',
    'fte_percent',
    'weekly_minutes',
    'home_base',
    'languages',
    'supervisor_id',
    'version',
    'recorded_by',
    'recorded_at',
  ]),
})

export type CredentialKind = 'license' | 'certification'

/** A license or certification. A renewed one is a row of its own; the one before it ends. */
export const StaffCredential = defineEntity({
  name: 'StaffCredential',
  tableName: 'staff_credential',
  properties: {
    id: p.uuid().primary(),
    membershipId: p.uuid(),
    kind: p.text().$type<CredentialKind>().check("kind in ('license', 'certification')"),
    title: p.text(),
    /** Two letters; empty where no State gives it. */
    state: p.text(),
    number: p.text(),
    /** The last day on which it holds. */
    expiresOn: p.date().nullable(),
    endedAt: p.string().columnType('timestamptz').nullable(),
    recordedBy: p.uuid(),
    recordedAt: p.string().columnType('timestamptz'),
  },
  uniques: [{ name: 'staff_credential_live', properties: ['membershipId', 'kind', 'title', 'state'], where: '(ended_at IS NULL)' }],
  rowLevelSecurity: 'force',
  policies: staffPolicies('staff_credential', ['ended_at', 'recorded_by']),
})

/** `education`: continuing education, which counts in hours. `case-review`: cases talked through with the supervisor; none is named here. */
export const trainingKinds = ['education', 'competency', 'curriculum', 'case-review'] as const
export type TrainingKind = (typeof trainingKinds)[number]

/** What somebody learned, showed, or is to do next of the curriculum. */
export const StaffTraining = defineEntity({
  name: 'StaffTraining',
  tableName: 'staff_training',
  properties: {
    id: p.uuid().primary(),
    membershipId: p.uuid(),
    kind: p.text().$type<TrainingKind>().check(oneOf('kind', trainingKinds)),
    title: p.text(),
    /** When it was, or is to be done by. */
    day: p.date(),
    done: p.boolean(),
    minutes: p.smallint().check('((minutes >= 0) AND (minutes <= 6000))'),
    recordedBy: p.uuid(),
    recordedAt: p.string().columnType('timestamptz'),
  },
  uniques: [{ name: 'staff_training_once', properties: ['membershipId', 'kind', 'title', 'day'] }],
  rowLevelSecurity: 'force',
  policies: staffPolicies('staff_training', ['done', 'minutes', 'recorded_by', 'recorded_at']),
})

/** Whether a discipline may do something, since a day, and what that rests on. What no row permits is not permitted. */
export const ScopeRule = defineEntity({
  name: 'ScopeRule',
  tableName: 'scope_rule',
  properties: {
    id: p.uuid().primary(),
    discipline: p.text().$type<Discipline>().check(oneOf('discipline', disciplines)),
    duty: p.text().$type<Duty>().check(oneOf('duty', duties)),
    permitted: p.boolean(),
    /** Only while a license holds. */
    needsLicense: p.boolean(),
    since: p.date(),
    source: p.text(),
    /** Nobody: it came with the product. */
    recordedBy: p.uuid().nullable(),
    recordedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [...scopeRulePolicies],
})
