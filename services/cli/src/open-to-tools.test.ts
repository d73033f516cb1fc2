import { openToTools } from './open-to-tools.ts'

const isOpen = (isDemo: boolean, env: NodeJS.ProcessEnv = {}): boolean => openToTools({ isDemo }, env).isOpen

test('hardening 32: an install is closed whatever NODE_ENV says; only a demo on this machine is open by itself', () => {
  for (const NODE_ENV of [undefined, 'development', 'production', 'test']) expect(isOpen(false, { NODE_ENV })).toBe(false)
  expect(isOpen(true)).toBe(true)
  expect(isOpen(true, { PORT: '4001' })).toBe(true)
  expect(isOpen(true, { COMMONS_URL: 'http://127.0.0.1:4000' })).toBe(true)
  for (const url of ['https://commons.example.org', 'http://localhost.example.org', 'http://10.0.0.1', 'http://127.0.0.1.nip.io'])
    expect(isOpen(true, { COMMONS_URL: url })).toBe(false)
})

test('a setting decides for both, and is spelled on or off', () => {
  expect([isOpen(false, { COMMONS_INTROSPECTION: 'on' }), isOpen(true, { COMMONS_INTROSPECTION: 'off' })]).toEqual([true, false])
  expect(() => isOpen(true, { COMMONS_INTROSPECTION: 'yes' })).toThrow('on or off')
})
