import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../../../packages/database/src/embedded/free-port.ts'
import { openCluster } from '../../../packages/database/src/embedded/index.ts'

/** A PostgreSQL server such as a region runs itself; `url` is its superuser's. */
interface OwnServer {
  readonly url: string
  stop(): Promise<void>
}

/** The version that the product brings. */
export async function newestServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'carecommons-server-'))
  const cluster = await openCluster({ folder, durable: false })
  return {
    url: cluster.url('postgres'),
    async stop() {
      await cluster.stop('immediate')
      rmSync(folder, { recursive: true })
    },
  }
}

/** The oldest version from 15 on that the system has, if any. */
export async function oldestServer(): Promise<OwnServer | undefined> {
  const version = systemVersions()[0]
  if (version === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'carecommons-server-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  writeFileSync(join(folder, 'password'), 'boss')
  const as = serverUser()
  if (as) {
    chmodSync(folder, 0o755)
    chownSync(data, as.uid, as.gid)
  }
  const run = (program: string, ...args: string[]): void => {
    const { status, stderr } = spawnSync(`${SYSTEM}/${version}/bin/${program}`, args, {
      ...as,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stderr}`)
  }
  run('initdb', '-D', data, '-U', 'boss', '-A', 'scram-sha-256', `--pwfile=${join(folder, 'password')}`, '-E', 'UTF8', '--locale=C')
  const port = await freePort()
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`
  run('pg_ctl', '-D', data, '-l', join(data, 'log'), '-w', '-o', options, 'start')
  return {
    url: `postgresql://boss:boss@127.0.0.1:${port}/postgres`,
    async stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
      rmSync(folder, { recursive: true })
    },
  }
}

const SYSTEM = '/usr/lib/postgresql'

function systemVersions(): number[] {
  if (!existsSync(SYSTEM)) return []
  const versions = readdirSync(SYSTEM).map(Number)
  return versions.filter((version) => version >= 15 && existsSync(`${SYSTEM}/${version}/bin/initdb`)).sort((a, b) => a - b)
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

/** A database whose owner may create roles and nothing else, as hosted servers give it; answers the owner's address. */
export async function ownDatabase(server: OwnServer): Promise<string> {
  const boss = new pg.Client({ connectionString: server.url })
  await boss.connect()
  await boss.query(`create role region_owner login createrole nosuperuser nobypassrls password 'sesame'`)
  await boss.query('create database own_region owner region_owner')
  await boss.end()
  const url = new URL(server.url)
  return Object.assign(url, { username: 'region_owner', password: 'sesame', pathname: 'own_region' }).href
}
