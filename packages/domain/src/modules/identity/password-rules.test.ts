import fc from 'fast-check'
import { passwordLengths, passwordProblem } from './password-rules.ts'

const context = ['Casey Alder', 'casey.alder@example.org', 'Riverton']
const problem = (password: string, hasSecondFactor = false) => passwordProblem({ password, hasSecondFactor, context })?.code ?? null

test.each([
  ['fourteen chars', 'PasswordTooShort'],
  ['fifteen chars!!', null],
  ['correct horse battery staple', null],
  ['пароль из пяти слов', null],
  ['a'.repeat(300), 'PasswordTooLong'],
  ['passwordpassword', 'PasswordCommon'],
  ['PasswordPassword2026', 'PasswordCommon'],
  ['123456789987654321', 'PasswordCommon'],
  ['ababababababababab', 'PasswordCommon'],
  ['qwertyuiopasdfgh', 'PasswordCommon'],
  ['abcdefghijklmnopqrst', 'PasswordCommon'],
  ['54321098765432109876', 'PasswordCommon'],
  ['CaseyAlder-2026-', 'PasswordPersonal'],
  ['riverton.riverton', 'PasswordPersonal'],
  ['the alder by the river', null],
])('alone: %s: %s', (password, code) => expect(problem(password)).toBe(code))

test.each([
  ['seven..', 'PasswordTooShort'],
  ['8 chars!', null],
  ['password', 'PasswordCommon'],
  ['Dragon!99', 'PasswordCommon'],
  ['riverton-07', 'PasswordPersonal'],
])('beside a second factor: %s: %s', (password, code) => expect(problem(password, true)).toBe(code))

test('a character is a character: composed or not, in every script, outside the basic plane', () => {
  expect(problem('é'.repeat(14) + 'x')).toBe(problem('e\u0301'.repeat(14) + 'x'))
  expect(problem('😀🎈🌳🏠🚲📚🎻☕🐢🌊🍇🧭🔔🪁')).toBe('PasswordTooShort')
  expect(problem('😀🎈🌳🏠🚲📚🎻☕🐢🌊🍇🧭🔔🪁🧵')).toBeNull()
})

test('no rule asks for digits, signs or capitals', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'bcdfghjklmnpqrstvwxz'), minLength: passwordLengths.alone, maxLength: 60 })
  fc.assert(fc.property(letters, (password) => new Set(password).size < 8 || problem(password) === null))
})
