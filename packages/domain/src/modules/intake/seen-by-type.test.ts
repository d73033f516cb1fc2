import { SeenByType } from './seen-by-type.ts'

const content = Buffer.from('one.')
const place = { file: 0, line: 1 }

test('types whose files are read are kept while they fit, the largest is forgotten first', () => {
  const seen = new SeenByType(8192)
  for (const [type, ids] of Object.entries({ Patient: 10, Goal: 10, Observation: 4000, Claim: 4000 }))
    for (let id = 0; id < ids; id++) seen.of(type).add(type, String(id), place, content)
  const isKept = (type: string): boolean => seen.of(type).add(type, '0', place, content) !== null
  seen.trim(new Set(['Claim', null]))
  expect(['Patient', 'Goal', 'Observation', 'Claim'].map(isKept)).toEqual([true, true, false, true])
})
