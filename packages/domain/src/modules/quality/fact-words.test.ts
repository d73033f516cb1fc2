import { factWords } from './fact-words.ts'

test('a record in a line: what it is called, when it was, what it gave', () => {
  const pressure = {
    ...{ resourceType: 'Observation', status: 'final', effectiveDateTime: '2026-03-04T10:00:00-05:00' },
    code: { coding: [{ code: '85354-9', display: 'Blood pressure' }] },
    component: [
      { code: { text: 'Systolic' }, valueQuantity: { value: 142, unit: 'mmHg' } },
      { code: { text: 'Diastolic' }, valueQuantity: { value: 88, unit: 'mmHg' } },
    ],
  }
  expect(factWords(pressure)).toEqual({
    ...{ text: 'Blood pressure', on: '2026-03-04', status: 'final' },
    value: 'Systolic 142 mmHg, Diastolic 88 mmHg',
  })
  const coded = (code: string, value: number) => ({ code: { coding: [{ code }] }, valueQuantity: { value, unit: 'mm[Hg]' } })
  expect(factWords({ component: [coded('8462-4', 88), coded('8480-6', 142)] }).value).toBe('142/88 mmHg')
  expect(factWords({ component: [coded('8480-6', 142)] }).value).toBe('8480-6 142 mmHg')
  const bound = { code: { text: 'HbA1c' }, effectivePeriod: { end: '2026-01' }, valueQuantity: { comparator: '>', value: 14, code: '%' } }
  expect(factWords(bound)).toEqual({ text: 'HbA1c', on: '2026-01', value: '> 14 %', status: null })
  expect(factWords({ type: [{ coding: [{ code: '185349003' }] }], period: { start: '2026-02-01' }, status: 'finished' })).toEqual({
    ...{ text: '185349003', on: '2026-02-01', value: null, status: 'finished' },
  })
})

test('whatever a record holds, nothing throws', () => {
  for (const odd of [[], 7, null, 'x', { coding: 7 }, [[]], { start: 3 }])
    expect(() => factWords({ code: odd, effectivePeriod: odd, valueQuantity: odd, component: odd, status: odd })).not.toThrow()
})
