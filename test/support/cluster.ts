import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster, stopCluster } from '../../packages/database/src/embedded/index.ts'

export interface TestCluster {
  /** The address of the database `postgres`, as the owning superuser; tests make their own databases from there. */
  readonly url: string
  close(): Promise<void>
}

const prefix = 'carecommons-test-'

/** One PostgreSQL server for a whole run of tests, in a folder that is gone afterwards. */
export async function openTestCluster(): Promise<TestCluster> {
  await removeAbandoned()
  const folder = join(tmpdir(), `${prefix}${process.pid}-${crypto.randomUUID().slice(0, 8)}`)
  mkdirSync(folder, { mode: 0o711 })
  const cluster = await openCluster({ folder, durable: false })
  return {
    url: cluster.url('postgres'),
    close: async () => {
      await cluster.stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A run that was killed leaves its server behind; the next run ends it. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue
    await stopCluster(join(tmpdir(), name), 'immediate')
    rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
