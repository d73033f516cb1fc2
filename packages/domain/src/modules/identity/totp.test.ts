import { totpInvitation, totpStep } from './totp.ts'

/** RFC 6238, appendix B, SHA-1; the last six of its eight digits. */
const secret = Buffer.from('12345678901234567890')
const vectors: [string, string][] = [
  ['1970-01-01T00:00:59Z', '287082'],
  ['2005-03-18T01:58:29Z', '081804'],
  ['2005-03-18T01:58:31Z', '050471'],
  ['2009-02-13T23:31:30Z', '005924'],
  ['2033-05-18T03:33:20Z', '279037'],
]

test.each(vectors)('at %s the code is %s', (at, code) => {
  const step = Math.floor(Date.parse(at) / 30_000)
  expect(totpStep(secret, code, new Date(at))).toBe(step)
  expect(totpStep(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, new Date(at))).toBe(step)
})

test('a clock may be a step off, not two', () => {
  const [at, code] = vectors[1]!
  const off = (seconds: number) => totpStep(secret, code, new Date(Date.parse(at) + seconds * 1000))
  const step = Math.floor(Date.parse(at) / 30_000)
  expect([off(-30), off(30)]).toEqual([step, step])
  expect([off(-60), off(60)]).toEqual([null, null])
})

test.each(['', '28708', '2870822', 'abcdef', '２８７０８２', '287082; --'])('%s is no code', (code) =>
  expect(totpStep(secret, code, new Date(vectors[0]![0]))).toBeNull(),
)

test('the invitation names issuer, person and secret', () => {
  const { secret: typed, uri } = totpInvitation(secret, 'Riverton', 'casey@example.org')
  expect(typed).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(uri).toContain('otpauth://totp/Riverton:casey%40example.org')
  expect(uri).toContain(`secret=${typed}`)
})
