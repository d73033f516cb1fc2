import { newestSealHead, sealEvents, type SealHead, type Sessions } from '@carecommons/domain'
import type { AuditHeads } from './audit-heads.ts'

export interface Sealing {
  /** Secret of the install; every worker of a region has the same. */
  readonly key: Buffer
  /** Without a folder the heads go to the log. */
  readonly heads?: AuditHeads
}

/** Seals what is new and keeps the head of it outside the database; also one that a killed worker could not keep any more. */
export function openSealer(sessions: Sessions, { key, heads }: Sealing, tell: (head: SealHead) => void): () => Promise<void> {
  const keep = (head: SealHead | null): void => {
    if (!head) return
    if (!heads) tell(head)
    else if (head.batch > heads.newest) heads.keep(head)
  }
  let isFirst = true
  return async () => {
    if (isFirst && heads) keep(await newestSealHead(sessions))
    isFirst = false
    keep(await sealEvents(sessions, key))
  }
}
