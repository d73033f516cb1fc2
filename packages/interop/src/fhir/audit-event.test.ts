import { type AuditRecord, auditEventResource } from './audit-event.ts'

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const row: AuditRecord = {
  id: id(1),
  at: '2026-03-02T15:00:00.123456Z',
  userId: id(2),
  membershipId: id(3),
  role: 'clinician',
  organizationId: id(4),
  purpose: 'emergency',
  practiceId: id(5),
  action: 'read',
  subject: 'Chart',
  subjectIds: [id(6), id(7)],
  outcome: 'allowed',
  correlationId: id(8),
}

test('has everything that R4 requires of an AuditEvent, and says who, what, why and whose in codes', () => {
  const event = auditEventResource(row)
  expect(event).toMatchObject({
    resourceType: 'AuditEvent',
    id: id(1),
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    action: 'R',
    recorded: row.at,
    outcome: '0',
    purposeOfEvent: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'ETREAT' }] }],
    source: { observer: { display: 'CareCommons' } },
  })
  for (const agent of event.agent) expect(typeof agent.requestor).toBe('boolean')
  expect(event.entity.map(({ what }) => ('reference' in what ? what.reference : 'request'))).toEqual([
    `Patient/${id(6)}`,
    `Patient/${id(7)}`,
    'request',
  ])
})

test.each([
  ['create', 'C'],
  ['read', 'R'],
  ['export', 'R'],
  ['update', 'U'],
  ['end', 'U'],
  ['start', 'E'],
  ['sign-in', 'E'],
  ['something new', 'E'],
])('%s is action %s', (action, code) => {
  expect(auditEventResource({ ...row, action }).action).toBe(code)
})

test('refusals and what was not there are failures; a sign-in is a login; a job is nobody; runs are no patients', () => {
  expect(auditEventResource({ ...row, outcome: 'denied' })).toMatchObject({ outcome: '4', outcomeDesc: 'refused' })
  expect(auditEventResource({ ...row, outcome: 'not-found' })).toMatchObject({ outcome: '4' })
  expect(auditEventResource({ ...row, subject: 'Session', action: 'sign-in' }).type.code).toBe('110114')
  expect(auditEventResource({ ...row, userId: null, organizationId: null, role: 'worker' }).agent).toEqual([
    expect.objectContaining({ name: 'job', requestor: true }),
  ])
  const run = auditEventResource({ ...row, subject: 'Performance' })
  expect(JSON.stringify(run)).not.toContain('Patient/')
})
