import { randomBytes } from 'node:crypto'
import { openVault } from './vault.ts'

const vault = openVault(randomBytes(32))
const secret = Buffer.from('a secret of twenty b')

test('what was sealed is read again by the same key for the same owner only', () => {
  const sealed = vault.seal(secret, 'casey')
  expect(vault.unseal(sealed, 'casey')).toEqual(secret)
  expect(() => vault.unseal(sealed, 'robin')).toThrow()
  expect(() => openVault(randomBytes(32)).unseal(sealed, 'casey')).toThrow()
})

test('a changed byte is noticed, the text is hidden, and the same secret never looks the same', () => {
  const sealed = vault.seal(secret, 'casey')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => vault.unseal(changed, 'casey')).toThrow()
  }
  expect(sealed.includes(secret)).toBe(false)
  expect(vault.seal(secret, 'casey')).not.toEqual(sealed)
})

test('a key of another length is refused', () => {
  expect(() => openVault(randomBytes(16))).toThrow('32 bytes')
})
