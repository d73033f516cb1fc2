import fc from 'fast-check'
import { CopyRows } from './copy-rows.ts'

const HEAD = 19

/** The columns of the first row. */
function columns(bytes: Buffer): (Buffer | null)[] {
  const found: (Buffer | null)[] = []
  let at = HEAD + 2
  for (let left = bytes.readInt16BE(HEAD); left > 0; left--) {
    const length = bytes.readInt32BE(at)
    found.push(length < 0 ? null : bytes.subarray(at + 4, at + 4 + length))
    at += 4 + Math.max(length, 0)
  }
  expect(bytes.readInt16BE(at)).toBe(-1)
  expect(bytes.length).toBe(at + 2)
  return found
}

test('values stand as PostgreSQL receives them, nulls as no bytes', () => {
  const rows = new CopyRows(7)
  rows.row().int(-2).smallint(3).boolean(true).uuid('0198c0de-0000-7000-8000-00000000abcf').text(null).ints([5, 6]).texts([])
  expect(columns(rows.finish()).map((column) => column?.toString('hex') ?? null)).toEqual([
    'fffffffe',
    '0003',
    '01',
    '0198c0de00007000800000000000abcf',
    null,
    '0000000100000000000000170000000200000001' + '0000000400000005' + '0000000400000006',
    '000000000000000000000019',
  ])
})

test('days count from 2000, and there is one before and one after all of them', () => {
  const rows = new CopyRows(4)
  rows.row().day('2000-01-01').day('1999-12-31').day('-infinity').day('infinity')
  const written = columns(rows.finish()).map((column) => column?.readInt32BE())
  expect(written).toEqual([0, -1, -2147483648, 2147483647])
})

test('any text comes through, however often the buffer must grow', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 1, maxLength: 80, size: 'max' }), (texts) => {
      const rows = new CopyRows(texts.length + 1)
      const row = rows.row().bytes(Buffer.from('first'))
      for (const text of texts) row.text(text)
      expect(columns(rows.finish()).map(String)).toEqual(['first', ...texts.map((text) => Buffer.from(text).toString())])
    }),
    { numRuns: 50 },
  )
})

test('begun anew, nothing of before is left', () => {
  const rows = new CopyRows(1)
  rows.row().text('before')
  rows.finish()
  rows.clear()
  expect(rows.size).toBe(0)
  rows.row().text('a')
  expect(columns(rows.finish()).map(String)).toEqual(['a'])
})
