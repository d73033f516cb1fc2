import { savedViewKeepers } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import type { PatientColumnName, PatientFilter, PatientOrderName } from '#modules/registry'

/** `practice`: everybody there who lists patients opens, renames and changes it. */
export type ViewAudience = 'me' | 'practice'
/** What of a view can change. */
export type ViewPart = 'name' | 'audience' | 'filter' | 'columns'

/** Whom of the patients' list somebody looks at, in which order and with which columns: a practice's own cohort. */
export const SavedView = defineEntity({
  name: 'SavedView',
  tableName: 'saved_view',
  properties: {
    id: p.uuid().primary(),
    /** Null: over all practices of a care manager. */
    practiceId: p.uuid().nullable(),
    /** Who keeps it. */
    membershipId: p.uuid(),
    ownerName: p.text(),
    audience: p.text().$type<ViewAudience>().check("audience in ('me', 'practice')"),
    name: p.text(),
    /** Without what was searched for, which is a name more often than not. */
    filter: p.json().$type<Omit<PatientFilter, 'search'>>(),
    /** Whether filter or order tell of clinical facts. */
    clinical: p.boolean(),
    sort: p.text().$type<PatientOrderName>(),
    reversed: p.boolean(),
    /** In their order, beside the name. */
    columns: p.array().columnType('text[]').$type<PatientColumnName[]>(),
    version: p.integer(),
    /** The version in which each part changed last. */
    partVersions: p.json().$type<Readonly<Record<ViewPart, number>>>(),
    changedByName: p.text(),
    changedAt: p.string().columnType('timestamptz'),
    /** Withdrawn. */
    endedAt: p.string().columnType('timestamptz').nullable(),
  },
  indexes: [
    { name: 'saved_view_membership', properties: ['membershipId'] },
    { name: 'saved_view_practice', properties: ['practiceId'] },
  ],
  checks: [{ name: 'saved_view_shared', expression: "((practice_id IS NOT NULL) OR (audience = 'me'::text))" }],
  rowLevelSecurity: 'force',
  policies: [...savedViewKeepers],
})
