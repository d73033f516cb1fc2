import { assignedPractices, huddleWriters, ownPractice } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** Why somebody is talked about. `other`: in own words. */
export type HuddleReason = 'overdue' | 'worse' | 'came-home' | 'nobody' | 'other'
/** `carried`: onto the list of a later day. */
export type HuddleEnd = 'done' | 'removed' | 'carried'

/** A person on a practice's list for the huddle of a day. What was put there stays; it ends once. */
export const HuddleEntry = defineEntity({
  name: 'HuddleEntry',
  tableName: 'huddle_entry',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    /** In the region's time zone, which is that of its practices. */
    day: p.date(),
    reason: p.text().$type<HuddleReason>().check("reason in ('overdue', 'worse', 'came-home', 'nobody', 'other')"),
    words: p.text(),
    /** The day from whose list it came. */
    carriedFrom: p.date().nullable(),
    addedBy: p.uuid(),
    addedByName: p.text(),
    addedAt: p.string().columnType('timestamptz'),
    endedAs: p.text().$type<HuddleEnd>().nullable().check("ended_as in ('done', 'removed', 'carried')"),
    endedAt: p.string().columnType('timestamptz').nullable(),
    endedByName: p.text().nullable(),
  },
  uniques: [{ name: 'huddle_entry_open', properties: ['practiceId', 'patientId', 'day'], where: '(ended_at IS NULL)' }],
  indexes: [{ name: 'huddle_entry_day', properties: ['practiceId', 'day'] }],
  checks: [{ name: 'huddle_entry_ended', expression: '((ended_at IS NULL) = (ended_as IS NULL))' }],
  rowLevelSecurity: 'force',
  policies: [ownPractice('huddle_entry'), assignedPractices('huddle_entry'), ...huddleWriters],
})
