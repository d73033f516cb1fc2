import { isRefusal, newId } from '@carecommons/kernel'
import { readPayload } from './payload.ts'

const id = newId()

test('an entry that names its own ledger row is read', () => {
  expect(readPayload({ id, name: 'record.project', data: { jobId: id } })).toEqual({ kind: 'job', name: 'record.project', jobId: id })
})

test('a tick of a schedule carries the moment the clock meant', () => {
  const entry = { id: 'repeat:nightly.sweep:1800000000000', name: 'schedule.tick', data: { schedule: 'nightly.sweep' } }
  expect(readPayload(entry)).toEqual({ kind: 'tick', schedule: 'nightly.sweep', dueAt: new Date(1_800_000_000_000) })
})

test.each<[string, unknown]>([
  ['nothing', null],
  ['no object', 7],
  ['a list', ['jobId', id]],
  ['no field', {}],
  ['another field', { id }],
  ['one field too many', { jobId: id, practiceId: id }],
  ['a prototype', JSON.parse(`{"jobId":"${id}","__proto__":{"admin":true}}`)],
  ['only a prototype', JSON.parse(`{"__proto__":"${id}"}`)],
  ['another row', { jobId: newId() }],
  ['a nested id', { jobId: [id] }],
  ['a schedule', { schedule: id }],
])('a payload that is %s is refused', (_, data) => {
  expect(readPayload({ id, name: 'record.project', data })).toMatchObject({ code: 'PayloadRefused' })
})

test('names, ids and schedules that are none of ours are refused', () => {
  const refusals = [
    { id, name: 'record.erase', data: { jobId: id } },
    { id, name: 'constructor', data: { jobId: id } },
    { id: '7', name: 'record.project', data: { jobId: '7' } },
    { id: undefined, name: 'record.project', data: { jobId: id } },
    { id: id.toUpperCase(), name: 'record.project', data: { jobId: id.toUpperCase() } },
    { id, name: 'schedule.tick', data: { jobId: id } },
    { id, name: 'schedule.tick', data: { schedule: 'nightly' } },
    { id: 'repeat:nightly:1', name: 'schedule.tick', data: { schedule: 'hourly' } },
    { id: 'repeat:nightly:1', name: 'record.project', data: { jobId: 'repeat:nightly:1' } },
  ].map(readPayload)
  expect(refusals.every(isRefusal)).toBe(true)
})

test('a refusal repeats nothing of the payload', () => {
  const refusal = readPayload({ id, name: 'record.project', data: { jobId: 'Quinn Canary' } })
  expect(JSON.stringify(refusal)).not.toContain('Canary')
})
