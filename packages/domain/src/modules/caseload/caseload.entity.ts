import { assignedPractices, caseHandles, caseWriters, databaseRoles, only, openTo, ownPractice, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

export type CareProgram = 'care-management'
export type CaseEnd = 'goals-met' | 'declined' | 'moved' | 'died' | 'other'

/** What somebody who allocates care managers moves: a place, a weight and a day. Whose chart it is stays behind the wall. */
const HANDLE = 'id practice_id program points due_on lead_membership_id lead_name lead_since opened_on closed_at version'.split(' ')

/**
 * A person's place in a program of shared care management, at the practice that keeps the chart. Its lead care manager changes through
 * functions alone, which keep to one lead for each person and program in the region.
 */
export const CareCase = defineEntity({
  name: 'CareCase',
  tableName: 'care_case',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    program: p.text().$type<CareProgram>().check("program in ('care-management')"),
    /** Weight in a caseload, by the tier that lists follow. */
    points: p.smallint(),
    /** The day by which somebody has to have been in touch. */
    dueOn: p.date(),
    leadMembershipId: p.uuid().nullable(),
    /** As she was called when it became hers. */
    leadName: p.text().nullable(),
    leadSince: p.string().columnType('timestamptz').nullable(),
    openedOn: p.date(),
    openedBy: p.uuid(),
    openedByName: p.text(),
    closedAt: p.string().columnType('timestamptz').nullable(),
    closedAs: p.text().$type<CaseEnd>().nullable().check("closed_as in ('goals-met', 'declined', 'moved', 'died', 'other')"),
    closedByName: p.text().nullable(),
    version: p.integer().default(1),
  },
  uniques: [{ name: 'care_case_open', properties: ['practiceId', 'patientId', 'program'], where: '(closed_at IS NULL)' }],
  indexes: [{ name: 'care_case_lead', properties: ['leadMembershipId'], where: '(closed_at IS NULL)' }],
  checks: [
    { name: 'care_case_closed', expression: '((closed_at IS NULL) = (closed_as IS NULL))' },
    { name: 'care_case_led', expression: '((lead_membership_id IS NULL) = (lead_name IS NULL))' },
  ],
  rowLevelSecurity: 'force',
  policies: [
    ownPractice('care_case'),
    assignedPractices('care_case'),
    only(HANDLE, caseHandles),
    workedPractices('care_case'),
    ...caseWriters,
  ],
})

/** Who is led, by person and program, across practices. Nobody reads it: functions answer that a person has a lead, never where. */
export const LeadLedger = defineEntity({
  name: 'LeadLedger',
  tableName: 'lead_ledger',
  properties: {
    personId: p.uuid().primary(),
    program: p.text().primary(),
    caseId: p.uuid(),
  },
  uniques: [{ name: 'lead_ledger_case', properties: ['caseId'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('lead_ledger', databaseRoles.worker, 'all')],
})

/** What a person of a tier weighs, and how often somebody is in touch: the latest row of a tier that has begun counts. */
export const CaseRule = defineEntity({
  name: 'CaseRule',
  tableName: 'case_rule',
  properties: {
    /** Of risk, 0 to 4. */
    tier: p.smallint().primary(),
    since: p.date().primary(),
    points: p.smallint(),
    contactDays: p.smallint(),
    source: p.text(),
  },
  rowLevelSecurity: 'force',
  policies: (['practice', 'careManager', 'region', 'worker'] as const).map((role) => openTo('case_rule', databaseRoles[role], 'select')),
})
