import { isEmailAddress, keptEmail } from './email-address.ts'

test.each([
  [' Ada.Lovelace@Clinic.Example ', 'ada.lovelace@clinic.example'],
  ["o'brien+nights@a-b.example.org", "o'brien+nights@a-b.example.org"],
])('%j is kept as %s', (text, address) => {
  expect(keptEmail(text)).toBe(address)
  expect(isEmailAddress(address)).toBe(true)
})

test.each([
  '',
  'ada',
  'ada@',
  '@clinic.example',
  'ada@clinic',
  'a b@clinic.example',
  'ada@clinic..example',
  'ada@-clinic.example',
  'Ada <ada@clinic.example>',
  'ada@clinic.example, bob@clinic.example',
  `${'a'.repeat(65)}@clinic.example`,
  'ada@clinic.example\0',
])('%j is none', (text) => {
  expect(isEmailAddress(text)).toBe(false)
})
