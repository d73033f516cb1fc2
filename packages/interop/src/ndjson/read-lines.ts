import { fileChunks } from './file-chunks.ts'
import type { Line, ReadOptions } from './line.ts'

const LF = 0x0a
const CR = 0x0d
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * The lines of a text file or gzip, in batches. LF and CRLF end a line, so does the end of the file; a UTF-8 BOM and blank
 * lines are left out. Memory is one batch plus one line: a line over the limit is counted, not kept.
 */
export async function* readLines(path: string, options: ReadOptions = {}): AsyncGenerator<Line[]> {
  const { batchLines = 500, batchBytes = 4 << 20, maxLineBytes = 16 << 20, onRead } = options
  const splitter = new LineSplitter(maxLineBytes)
  const chunks = fileChunks(path, onRead)
  try {
    for (;;) {
      const next = await chunks.next()
      if (next.done) {
        splitter.end(next.value)
        if (splitter.lines.length > 0) yield splitter.take()
        return
      }
      let rest: Buffer | null = next.value
      while (rest) {
        rest = splitter.push(rest, batchLines, batchBytes)
        if (splitter.lines.length >= batchLines || splitter.heldBytes >= batchBytes) yield splitter.take()
      }
    }
  } finally {
    await chunks.return(null)
  }
}

class LineSplitter {
  lines: Line[] = []
  heldBytes = 0
  private number = 1
  private isFirst = true
  private parts: Buffer[] = []
  private partBytes = 0

  constructor(private readonly maxLineBytes: number) {}

  /** Takes lines out of a chunk until the batch is full; gives back what is left of the chunk. */
  push(chunk: Buffer, batchLines: number, batchBytes: number): Buffer | null {
    let start = 0
    while (this.lines.length < batchLines && this.heldBytes < batchBytes) {
      const end = chunk.indexOf(LF, start)
      if (end < 0) {
        this.keep(chunk.subarray(start))
        return null
      }
      this.finish(chunk.subarray(start, end))
      start = end + 1
    }
    return start < chunk.length ? chunk.subarray(start) : null
  }

  end(fault: string | null): void {
    // What stands before a cut is not a line: it would only be reported a second time, as bad JSON.
    if (fault) this.lines.push({ number: this.number, bytes: null, broken: fault })
    else if (this.partBytes > 0) this.finish(Buffer.alloc(0))
  }

  take(): Line[] {
    const lines = this.lines
    this.lines = []
    this.heldBytes = 0
    return lines
  }

  private keep(part: Buffer): void {
    this.partBytes += part.length
    if (this.partBytes > this.maxLineBytes + BOM.length + 1) this.parts = []
    else if (part.length > 0) this.parts.push(part)
  }

  private finish(last: Buffer): void {
    const length = this.partBytes + last.length
    const isWhole = length <= this.maxLineBytes + BOM.length + 1
    const bytes = isWhole ? this.trim(this.parts.length === 0 ? last : Buffer.concat([...this.parts, last])) : null
    this.parts = []
    this.partBytes = 0
    const number = this.number++
    this.isFirst = false
    if (!bytes || bytes.length > this.maxLineBytes) this.lines.push({ number, bytes: null, tooLong: bytes?.length ?? length })
    else if (!isBlank(bytes)) {
      this.lines.push({ number, bytes })
      this.heldBytes += bytes.length
    }
  }

  private trim(line: Buffer): Buffer {
    const start = this.isFirst && line.length >= 3 && line.compare(BOM, 0, 3, 0, 3) === 0 ? 3 : 0
    const end = line[line.length - 1] === CR ? line.length - 1 : line.length
    return start === 0 && end === line.length ? line : line.subarray(start, end)
  }
}

function isBlank(line: Buffer): boolean {
  for (let i = 0; i < line.length; i++) if (line[i] !== 0x20 && line[i] !== 0x09 && line[i] !== CR) return false
  return true
}
