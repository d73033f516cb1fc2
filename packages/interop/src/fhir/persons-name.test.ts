import { isPersonsName } from './persons-name.ts'

const zoe = { family: 'Quartz-Ellis', given: 'Zoë Maria' }

test.each(['Zoë Quartz-Ellis', 'quartz ellis, ZOE', 'Mrs. Zoe M. Quartz-Ellis (self)', 'Maria Quartz-Ellis', 'Ellis Zoe'])(
  '%s is hers',
  (said) => {
    expect(isPersonsName(said, zoe)).toBe(true)
  },
)

test.each(['Medicare', 'Ellis Mutual', 'Quartz', 'Zoe', 'Quartz-Ellis Health', '', '—'])('%s is not hers', (said) => {
  expect(isPersonsName(said, zoe)).toBe(false)
})

test('a name in one text, a single name, and nobody', () => {
  expect(isPersonsName('Doe, Jane', { family: 'Jane Doe', given: null })).toBe(true)
  expect(isPersonsName('Estate of Jane Doe', { family: 'Jane Doe', given: null })).toBe(true)
  expect(isPersonsName('PRINCE', { family: 'Prince', given: null })).toBe(true)
  expect(isPersonsName('Oscar', { family: 'Smith', given: 'Oscar' })).toBe(false)
  expect(isPersonsName('Medicare', { family: null, given: null })).toBe(false)
})
