import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SealHead } from '@carecommons/domain'

/** Where the heads of sealed batches are kept outside the database, so that a tail which somebody cuts off is missed. */
export interface AuditHeads {
  /** Number of the newest batch kept here. */
  readonly newest: number
  keep(head: SealHead): void
}

/** One file a month, a line of JSON for each batch. Copied elsewhere as it grows, it holds against the owner of this machine too. */
export function openAuditHeads(folder: string): AuditHeads {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let newest = Math.max(0, ...readAuditHeads(folder).map(({ batch }) => batch))
  return {
    get newest() {
      return newest
    },
    keep(head) {
      newest = head.batch
      appendFileSync(join(folder, `${head.sealedAt.slice(0, 7)}.ndjson`), `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true })
    },
  }
}

/** Every head kept in a folder; none when there is no folder. A line that a crash left unfinished is passed over. */
export function readAuditHeads(folder: string): SealHead[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((name) => /^\d{4}-\d{2}\.ndjson$/.test(name))
  return files.sort().flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as SealHead),
  )
}
