import { createHash, randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '@carecommons/database'
import { Client } from 'pg'

export interface TestDatabase {
  /** Signs in as the owner: for looking behind the walls. */
  readonly ownerUrl: string
  /** Signs in as the application does. */
  readonly appUrl: string
  drop(): Promise<void>
}

const login = { name: 'commons_login', password: 'test' }

/** A fresh, migrated, empty database of its own: a clone of a template that the first caller migrates. */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = process.env['COMMONS_TEST_CLUSTER']
  if (!cluster) throw new Error('COMMONS_TEST_CLUSTER is not set: run the suites through npm test or the config of jest.')
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner(cluster, async (owner) => {
    await owner.query(`select pg_advisory_lock(hashtext('template'))`)
    const template = templateName()
    const { rowCount } = await owner.query('select 1 from pg_database where datname = $1', [template])
    if (!rowCount) {
      await owner.query(`create database ${template}_making`)
      await migrate(at(cluster, `${template}_making`), login)
      await owner.query(`alter database ${template}_making rename to ${template}`)
    }
    await owner.query(`create database ${name} template ${template}`)
  })
  return {
    ownerUrl: at(cluster, name),
    appUrl: at(cluster, name, login),
    drop: () => asOwner(cluster, (owner) => owner.query(`drop database ${name} with (force)`).then(() => undefined)),
  }
}

/** Another schema, another template: the server may outlive a change of it. */
function templateName(): string {
  const folder = join(import.meta.dirname, '../../packages/database/src')
  const hash = createHash('sha256')
  for (const file of globSync('{migrations/*.sql,roles.ts}', { cwd: folder }).sort()) hash.update(readFileSync(join(folder, file)))
  return `template_${hash.digest('hex').slice(0, 12)}`
}

function at(cluster: string, database: string, user?: { name: string; password: string }): string {
  const url = new URL(cluster)
  url.pathname = `/${database}`
  if (user) [url.username, url.password] = [user.name, user.password]
  return url.href
}

async function asOwner(url: string, work: (owner: Client) => Promise<void>): Promise<void> {
  const owner = new Client(url)
  await owner.connect()
  try {
    await work(owner)
  } finally {
    await owner.end()
  }
}
