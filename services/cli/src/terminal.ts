/** What the command line says. Words go to stderr, answers to stdout, so that a program can read the answer. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)
export const answer = (line: string): void => void process.stdout.write(`${line}\n`)

/** Somebody who stops reading (`commons ... | head`) stops nothing: the command does its work, and what it says is lost. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}

const WIDTH = 24

/** A line that tells how far something is: redrawn on a terminal, written every few seconds elsewhere. */
export function progressLine(title: string): { show(done: number, total: number, words: string): void; end(words: string): void } {
  const live = process.stderr.isTTY
  let last = 0
  return {
    show(done, total, words) {
      const now = Date.now()
      if (now - last < (live ? 100 : 3000)) return
      last = now
      const share = total > 0 ? Math.min(1, done / total) : 0
      const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')
      const line = `${title} ${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${words}`
      process.stderr.write(live ? `\r\x1b[2K${line}` : `${line}\n`)
    },
    end(words) {
      process.stderr.write(`${live ? '\r\x1b[2K' : ''}${title} ${words}\n`)
    },
  }
}

/** Does a step and tells how long it took. */
export async function step<T>(title: string, work: () => Promise<T>, words: (result: T) => string = () => ''): Promise<T> {
  const begun = Date.now()
  if (process.stderr.isTTY) process.stderr.write(`${title} …`)
  const result = await work()
  const seconds = ((Date.now() - begun) / 1000).toFixed(1)
  process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}${title} ${[words(result), `${seconds} s`].filter(Boolean).join(', ')}\n`)
  return result
}

/** A table with aligned columns; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)))
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)))
  const right = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)]
}
