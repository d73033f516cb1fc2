import type { ImportReport } from '@carecommons/domain'

export interface LineCounts {
  readonly created: number
  readonly corrected: number
  readonly unchanged: number
  readonly rejected: number
  readonly lines: number
}

/** What became of the lines. */
export interface Counted {
  /** By type; `all` sums them up. */
  readonly counts: Readonly<Record<string, LineCounts>>
  readonly reports: readonly { readonly file: string; readonly line: number; readonly reason: string }[]
}

/** What a person sees of an import. */
export interface CommandOutcome extends Counted {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function countedOf({ counts, rejections }: ImportReport): Counted {
  const rows = Object.entries(counts).map(([type, { created, updated, unchanged, rejected }]): [string, LineCounts] => [
    type,
    { created, corrected: updated, unchanged, rejected, lines: created + updated + unchanged + rejected },
  ])
  const all = (key: keyof LineCounts): number => rows.reduce((sum, [, row]) => sum + row[key], 0)
  const total = {
    created: all('created'),
    corrected: all('corrected'),
    unchanged: all('unchanged'),
    rejected: all('rejected'),
    lines: all('lines'),
  }
  return { counts: Object.fromEntries([...rows, ['all', total]]), reports: rejections }
}

/** Reads the table and the reports that the command prints. */
export function readOutcome(stdout: string): Counted {
  const lines = stdout.split('\n')
  const rows = lines.flatMap((line): [string, LineCounts][] => {
    const cells = /^(\w+) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)$/.exec(line)?.slice(1)
    if (!cells) return []
    const [created, corrected, unchanged, rejected, all] = cells.slice(1).map((cell) => Number(cell.replaceAll(',', ''))) as Five
    return [[cells[0]!, { created, corrected, unchanged, rejected, lines: all }]]
  })
  const reports = lines.flatMap((line) => {
    const [, file, number, reason] = /^(.+?):(\d+): (.+)$/.exec(line) ?? []
    return file ? [{ file, line: Number(number), reason: reason! }] : []
  })
  return { counts: Object.fromEntries(rows), reports }
}

type Five = [number, number, number, number, number]
