import { crc32 } from 'node:zlib'
import { type Line, readLines } from '@carecommons/interop'

/** The checksum after these lines, which follow those that gave `before`. It finds what was edited between, and protects nothing. */
export const checksumOf = (lines: readonly Line[], before: number): number =>
  lines.reduce((sum, { bytes, tooLong }) => crc32(bytes ?? String(tooLong), sum >>> 0), before) | 0

interface ReadSoFar {
  /** Where it is. */
  readonly name: string
  readonly linesRead: number
  readonly checksum: number
}

/** Whether the lines that were read of each file still say what they said. Size and time of a file may be the same after an edit. */
export async function areAsRead(files: readonly ReadSoFar[]): Promise<boolean> {
  for (const { name, linesRead, checksum } of files) if (linesRead > 0 && (await checksumUpTo(name, linesRead)) !== checksum) return false
  return true
}

async function checksumUpTo(path: string, linesRead: number): Promise<number> {
  let sum = 0
  for await (const lines of readLines(path)) {
    sum = checksumOf(
      lines.filter(({ number }) => number <= linesRead),
      sum,
    )
    if (lines.at(-1)!.number >= linesRead) break
  }
  return sum
}
