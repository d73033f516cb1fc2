import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookAtInstall } from './look-at-install.ts'
import { installSecrets } from './secrets.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'secrets-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('secrets are made once, and only their user reads them', () => {
  const first = installSecrets(folder, {})
  expect(installSecrets(folder, {})).toEqual(first)
  expect(first.sealingKey).toHaveLength(32)
  expect(first.logins).not.toBe(first.seal)
  expect(readdirSync(folder)).toEqual(['secrets.json'])
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
})

test('an install of before keeps its seals and gets the other keys', () => {
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ app: 'a', queue: 'b', seal: 'c' }))
  expect(installSecrets(folder, {})).toMatchObject({ seal: 'c' })
  expect(installSecrets(folder, {}).sealingKey).toEqual(installSecrets(folder, {}).sealingKey)
})

test('a key from the environment has 32 bytes, in either base64', () => {
  const key = Buffer.alloc(32, 0xfb)
  expect(installSecrets(folder, { COMMONS_SEALING_KEY: key.toString('base64') }).sealingKey).toEqual(key)
  expect(installSecrets(folder, { COMMONS_SEALING_KEY: key.toString('base64url') }).sealingKey).toEqual(key)
  expect(() => installSecrets(folder, { COMMONS_SEALING_KEY: 'short' })).toThrow('32 random bytes')
})

test.each(['', '{"logins":"a', '[]', '{"seal":1}'])(
  'keys that were broken (%s) are made by nobody anew, and the look at an install says so',
  async (text) => {
    writeFileSync(join(folder, 'secrets.json'), text)
    expect(() => installSecrets(folder, {})).toThrow('does not hold the keys of this install any more')
    const { problems } = await lookAtInstall({ COMMONS_DATA: folder })
    expect(problems).toEqual([expect.stringContaining('does not hold the keys of this install any more')])
    expect(readdirSync(folder)).toEqual(['secrets.json'])
  },
)
