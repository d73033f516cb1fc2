import { fileChunks } from './file-chunks.ts'
import type { Line, ReadOptions } from './line.ts'

const LF = 0x0a
const CR = 0x0d
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * The lines of a text file or gzip, or of bytes that are here already, in batches, each valid until the next is asked for. LF and CRLF end a line, so does the end of the
 * file; a UTF-8 BOM and blank lines are left out. Memory is one batch plus one line: a line over the limit is counted, not kept.
 */
export async function* readLines(source: string | Buffer, options: ReadOptions = {}): AsyncGenerator<Line[]> {
  const { batchLines = 500, batchBytes = 4 << 20, maxLineBytes = 16 << 20, onRead } = options
  const splitter = new LineSplitter(maxLineBytes)
  const chunks = typeof source === 'string' ? fileChunks(source, onRead) : inOne(source)
  try {
    for (;;) {
      const next = await chunks.next()
      if (next.done) {
        splitter.end(next.value)
        if (splitter.lines.length > 0) yield splitter.lines
        return
      }
      for (let start = 0; start < next.value.length;) {
        start = splitter.push(next.value, start, batchLines, batchBytes)
        if (splitter.lines.length < batchLines && splitter.heldBytes < batchBytes) continue
        yield splitter.lines
        splitter.beginBatch()
      }
    }
  } finally {
    await chunks.return(null)
  }
}

async function* inOne(bytes: Buffer): AsyncGenerator<Buffer, string | null> {
  yield bytes
  return null
}

/** Copies lines into one buffer that it uses again for every batch: buffers of their own would keep the garbage collector busy. */
class LineSplitter {
  lines: Line[] = []
  heldBytes = 0
  private number = 1
  private buffer = Buffer.allocUnsafeSlow(1 << 16)
  /** The line that is being put together, in the buffer. */
  private start = 0
  private stop = 0
  /** How long it is, kept or not. */
  private length = 0

  constructor(private readonly maxLineBytes: number) {}

  /** Takes lines out of a chunk, from `start`, until the batch is full; gives the place in the chunk where it stopped. */
  push(chunk: Buffer, start: number, batchLines: number, batchBytes: number): number {
    let from = start
    while (this.lines.length < batchLines && this.heldBytes < batchBytes) {
      const end = chunk.indexOf(LF, from)
      this.keep(chunk, from, end < 0 ? chunk.length : end)
      if (end < 0) return chunk.length
      this.finish()
      from = end + 1
    }
    return from
  }

  end(fault: string | null): void {
    // What stands before a cut is not a line: it would only be reported a second time, as bad JSON.
    if (fault) this.lines.push({ number: this.number, bytes: null, broken: fault })
    else if (this.length > 0) this.finish()
  }

  /** The lines given out so far are not needed any more. */
  beginBatch(): void {
    this.lines = []
    this.heldBytes = 0
    this.buffer.copyWithin(0, this.start, this.stop)
    this.stop -= this.start
    this.start = 0
  }

  private keep(chunk: Buffer, from: number, to: number): void {
    this.length += to - from
    if (this.length > this.maxLineBytes + BOM.length + 1) this.stop = this.start
    else {
      this.makeRoom(to - from)
      this.stop += chunk.copy(this.buffer, this.stop, from, to)
    }
  }

  private makeRoom(bytes: number): void {
    if (this.stop + bytes <= this.buffer.length) return
    const kept = this.stop - this.start
    // Lines that were read stay where they are, in the old buffer.
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.buffer.length, kept + bytes))
    this.buffer.copy(larger, 0, this.start, this.stop)
    this.buffer = larger
    this.start = 0
    this.stop = kept
  }

  private finish(): void {
    const isWhole = this.length === this.stop - this.start
    const bytes = isWhole ? this.trim(this.buffer.subarray(this.start, this.stop)) : null
    const number = this.number++
    if (!bytes || bytes.length > this.maxLineBytes) this.lines.push({ number, bytes: null, tooLong: bytes?.length ?? this.length })
    else if (!isBlank(bytes)) {
      this.lines.push({ number, bytes })
      this.heldBytes += bytes.length
    }
    this.start = this.stop
    this.length = 0
  }

  private trim(line: Buffer): Buffer {
    const start = this.number === 1 && line.length >= 3 && line.compare(BOM, 0, 3, 0, 3) === 0 ? 3 : 0
    const end = line[line.length - 1] === CR ? line.length - 1 : line.length
    return start === 0 && end === line.length ? line : line.subarray(start, end)
  }
}

function isBlank(line: Buffer): boolean {
  for (let i = 0; i < line.length; i++) if (line[i] !== 0x20 && line[i] !== 0x09 && line[i] !== CR) return false
  return true
}
