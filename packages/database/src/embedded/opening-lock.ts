import { appendFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { ClusterProblem } from './cluster-problem.ts'

const PATIENCE_MS = 15 * 60_000 // longer than the longest recovery a start waits for

/**
 * Runs `work` while no other process or caller holds the lock. The lock is SQLite's lock on a file that stays empty: the kernel holds
 * it and lets go when the process dies, however it dies, so a stale lock cannot exist.
 */
export async function withLock<T>(file: string, say: (line: string) => void, work: () => Promise<T>): Promise<T> {
  await appendFile(file, '', { mode: 0o600 })
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    await acquire(lock, file, say)
    return await work()
  } finally {
    lock.close()
  }
}

async function acquire(lock: DatabaseSync, file: string, say: (line: string) => void): Promise<void> {
  const start = Date.now()
  for (let told = false; ; await pause(20)) {
    try {
      return lock.exec('pragma journal_mode = memory; begin exclusive')
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== 5 /* SQLITE_BUSY */) throw error
    }
    if (Date.now() - start > PATIENCE_MS)
      throw new ClusterProblem('OpeningTimedOut', `Another process has held ${file} for 15 minutes; end it and start again.`)
    if (!told && Date.now() - start > 2000) {
      say('Another process is starting or stopping the database; waiting for it …')
      told = true
    }
  }
}
