import { parseResource } from './parse-resource.ts'
import { datingElement, isPathCoded } from './resource-days.ts'

const days = (resource: object): unknown => {
  const result = parseResource(Buffer.from(JSON.stringify({ id: 'x1', ...resource })))
  if ('rejected' in result) throw new Error(result.reason)
  return result.days
}
const subject = { reference: 'Patient/p1' }
const code = { text: 'something' }
const observation = { resourceType: 'Observation', status: 'final', subject, code }

test.each([
  ['a day', { effectiveDateTime: '2026-05-03' }, '2026-05-03', '2026-05-03'],
  ['an instant, on the sender’s wall', { effectiveDateTime: '2026-05-03T23:30:00-05:00' }, '2026-05-03', '2026-05-03'],
  ['a month', { effectiveDateTime: '2024-02' }, '2024-02-01', '2024-02-29'],
  ['a year', { effectiveDateTime: '2024' }, '2024-01-01', '2024-12-31'],
  ['a Period', { effectivePeriod: { start: '2024-03', end: '2025' } }, '2024-03-01', '2025-12-31'],
  ['a Period without an end', { effectivePeriod: { start: '2024-03-01' } }, '2024-03-01', null],
  ['a Period without a start', { effectivePeriod: { end: '2024-03-01' } }, null, '2024-03-01'],
  ['a Period the wrong way round', { effectivePeriod: { start: '2025-01-02', end: '2024-03-01' } }, '2024-03-01', '2025-01-02'],
  ['nothing', {}, null, null],
  ['what is not its own time', { issued: '2026-05-03T10:00:00Z' }, null, null],
])('%s bounds a resource', (_, time, first, last) => {
  expect(days({ ...observation, ...time })).toEqual({ first, last })
})

test('types are dated by their own element, or by none', () => {
  const visit = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject }
  expect(days({ ...visit, period: { start: '2026-01-02T08:00:00Z', end: '2026-01-02T09:00:00Z' } })).toEqual({
    first: '2026-01-02',
    last: '2026-01-02',
  })
  const order = { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject, code }
  expect(days({ ...order, authoredOn: '2026-04-01', occurrenceDateTime: '2027-01-01' })).toEqual({
    first: '2026-04-01',
    last: '2026-04-01',
  })
  // An onset does not end an illness.
  expect(days({ resourceType: 'Condition', subject, code, onsetDateTime: '2015-01-01' })).toEqual({ first: null, last: null })
  expect([datingElement('Observation'), datingElement('Condition')]).toEqual(['effective', null])
})

test('paths whose codings are stored are known, and categories are not among them', () => {
  const stored = [
    ['Observation', 'code'],
    ['Encounter', 'class'],
    ['MedicationRequest', 'medication'],
    ['Coverage', 'type'],
  ] as const
  expect(stored.map(([type, path]) => isPathCoded(type, path))).toEqual([true, true, true, true])
  expect([isPathCoded('Observation', 'category'), isPathCoded('Observation', 'status'), isPathCoded('Nothing', 'code')]).toEqual([
    false,
    false,
    false,
  ])
})
