import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { Line, ReadOptions } from './line.ts'
import { readLines } from './read-lines.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'lines-'))))
afterAll(async () => rm(folder, { recursive: true }))

async function read(content: Buffer | string, options?: ReadOptions): Promise<Line[]> {
  const path = join(folder, 'file')
  await writeFile(path, content)
  const lines: Line[] = []
  for await (const batch of readLines(path, options))
    for (const line of batch) lines.push(line.bytes ? { ...line, bytes: Buffer.from(line.bytes) } : line)
  return lines
}

const show = (lines: readonly Line[]): unknown[] =>
  lines.map((line) => [line.number, line.bytes?.toString() ?? line.tooLong ?? line.broken])

test('LF and CRLF end lines, so does the end of the file', async () => {
  expect(show(await read('{"a":1}\n{"b":2}\r\n{"c":3}'))).toEqual([
    [1, '{"a":1}'],
    [2, '{"b":2}'],
    [3, '{"c":3}'],
  ])
})

test('a BOM belongs to the file, blank lines to nobody, and numbers stay those of an editor', async () => {
  expect(show(await read('\uFEFFa\n\n \t\r\n\uFEFFb\n'))).toEqual([
    [1, 'a'],
    [4, '\uFEFFb'],
  ])
  expect(await read('')).toEqual([])
  expect(await read('\uFEFF\n\n')).toEqual([])
})

test('gzip is told by its first bytes, not by its name; members may follow each other', async () => {
  const twice = Buffer.concat([gzipSync('a\nb'), gzipSync('c\nd\n')])
  expect(show(await read(twice))).toEqual([
    [1, 'a'],
    [2, 'bc'],
    [3, 'd'],
  ])
})

test('a line over the limit is reported with its length and the next one is read', async () => {
  const lines = await read(`short\n${'x'.repeat(5_000_000)}\nafter\n${'y'.repeat(20)}\n${'z'.repeat(21)}`, { maxLineBytes: 20 })
  expect(show(lines)).toEqual([
    [1, 'short'],
    [2, 5_000_000],
    [3, 'after'],
    [4, 'y'.repeat(20)],
    [5, 21],
  ])
})

test('a cut gzip delivers the lines before the cut and then says so', async () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `{"line":${i},"noise":"${Math.sin(i)}"}`).join('\n')
  const packed = gzipSync(text)
  const lines = await read(packed.subarray(0, packed.length >> 1))
  const last = lines.pop()!
  expect(lines.length).toBeGreaterThan(5_000)
  expect(lines.every((line, i) => line.bytes!.toString() === text.split('\n', i + 1)[i] || i > 50)).toBe(true)
  expect(last).toEqual({ number: lines.length + 1, bytes: null, broken: expect.stringContaining('cut off') })
})

test('a gzip cut in its last bytes has all lines, and is still reported', async () => {
  const packed = gzipSync('a\nb\n')
  expect(show(await read(packed.subarray(0, packed.length - 3)))).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, expect.stringContaining('cut off')],
  ])
})

test('a damaged gzip gives the lines before the damage and is reported where it is damaged', async () => {
  const texts = Array.from({ length: 4_000 }, (_, i) => `{"line":${i},"noise":"${Math.sin(i)}"}`)
  const packed = gzipSync(texts.map((text) => `${text}\n`).join(''))
  packed[packed.length - 6]! ^= 0xff // in the checksum: everything before it can be read
  expect(packed.length).toBeGreaterThan(1 << 15)
  expect(show(await read(packed))).toEqual([...texts.map((text, i) => [i + 1, text]), [4_001, expect.stringContaining('damaged')]])
})

test('what follows an archive and is no gzip is reported, whatever stands between; padding is not', async () => {
  const packed = gzipSync('a\nb\n')
  const followedBy = async (...rest: Buffer[]): Promise<unknown> => show(await read(Buffer.concat([packed, ...rest]))).slice(2)
  expect(await followedBy(Buffer.from('c\n'))).toEqual([[3, expect.stringContaining('damaged')]])
  expect(await followedBy(Buffer.alloc(9), Buffer.from('c\n'))).toEqual([[3, expect.stringContaining('what follows')]])
  expect(await followedBy(Buffer.alloc(9), packed)).toEqual([[3, expect.stringContaining('what follows')]])
  expect(await followedBy(Buffer.alloc(70_000))).toEqual([])
})

test('batches hold what was asked for', async () => {
  const path = join(folder, 'file')
  await writeFile(path, 'aaaa\nbbbb\ncccc\ndddd\n')
  const sizes = async (options: ReadOptions): Promise<number[]> => {
    const lengths: number[] = []
    for await (const batch of readLines(path, options)) lengths.push(batch.length)
    return lengths
  }
  expect(await sizes({ batchLines: 3 })).toEqual([3, 1])
  expect(await sizes({ batchBytes: 5 })).toEqual([2, 2])
})

test('a file that is not there throws', async () => {
  await expect(readLines(join(folder, 'none')).next()).rejects.toThrow('ENOENT')
})

test('any text comes back line by line, plain and packed, whatever the batch', async () => {
  const lines = fc.array(
    fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n\uFEFF]/g, ' ')),
    { maxLength: 20 },
  )
  await fc.assert(
    fc.asyncProperty(lines, fc.boolean(), fc.integer({ min: 1, max: 5 }), async (texts, isPacked, batchLines) => {
      const content = Buffer.from(texts.join('\n'))
      const found = await read(isPacked ? gzipSync(content) : content, { batchLines })
      const kept = texts.map((text, i) => [i + 1, Buffer.from(text).toString()] as const).filter(([, text]) => /[^ \t]/.test(text))
      expect(found.map((line) => [line.number, line.bytes!.toString()])).toEqual(kept)
    }),
    { numRuns: 50 },
  )
})
