// Installs what the lockfile names, once per lockfile. Runs on the host's Node (20 or newer) with no dependency.
const { createHash } = require('node:crypto')
const { spawnSync } = require('node:child_process')
const { accessSync, constants, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
const { homedir } = require('node:os')
const { dirname, join } = require('node:path')

const PNPM = '12.21.0'
const root = join(__dirname, '..')
const stamp = join(root, 'node_modules', '.cache', 'installed')
const lock = join(root, 'node_modules', '.cache', 'installing')
const quiet = process.argv.includes('--quiet')

const major = Number(process.versions.node.split('.')[0])
if (major < 20) fail(`CareCommons needs Node 20 or newer to install itself; this is ${process.version}.`)

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'pnpm-lock.yaml')))
  .digest('hex')
if (!isInstalled()) withLock(() => isInstalled() || install())

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

function install() {
  console.error('Installing packages (first time, or after the lockfile changed) …')
  // Without a stamp, an install that is killed half-way is taken up again by the next command.
  rmSync(stamp, { force: true })
  for (let attempt = 1; attempt <= 3; attempt++) {
    const [command, ...args] = packageRunner()
    // The lockfile is part of the checkout and pins every tarball by hash; asking the registry for each entry's age again takes half a minute.
    const child = spawnSync(
      command,
      [...args, `pnpm@${PNPM}`, 'install', '--frozen-lockfile', '--trust-lockfile', '--reporter=append-only'],
      {
        cwd: root,
        // Progress belongs on stderr: a command's own output must stay clean for programs that read it.
        stdio: ['ignore', quiet ? 'ignore' : 2, 2],
        env: { ...process.env, CI: 'true', ...ownCaches() },
      },
    )
    if (child.signal === 'SIGINT' || child.signal === 'SIGTERM') fail('Installing was interrupted; the next command takes it up again.')
    if (child.status === 0) return finish()
    if (child.error?.code === 'ENOENT')
      fail(`'${command}' was not found. Install npm, which comes with Node from nodejs.org, and run the command again.`)
    if (attempt < 3) {
      console.error(`Installing failed (attempt ${attempt} of 3); trying again …`)
      pause(attempt * 2000)
    }
  }
  fail(
    'Packages could not be installed. The lines above say why. Check the network, the npm registry (npm ping) and free disk space (1.5 GB), then run the\n' +
      'command again. If it keeps failing, delete the folder node_modules first.',
  )
}

function finish() {
  const node = spawnSync(join(root, 'node_modules', '.bin', 'node'), ['--version'], { encoding: 'utf8' })
  const version = node.status === 0 ? node.stdout.trim() : process.version
  if (Number(/^v(\d+)/.exec(version)[1]) < 24) {
    fail(
      `There is no packaged Node for ${process.platform} on ${process.arch}, and this one is ${version}. Install Node 24 and run the command again.`,
    )
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

/** `npx --yes`, by the surest way to it: npm tells scripts where it lives; some systems ship Node without npx on PATH. */
function packageRunner() {
  const npm = [process.env.npm_execpath, join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')].find(
    (path) => path && /npm-cli\.c?js$/.test(path) && existsSync(path),
  )
  return npm ? [process.execPath, npm, 'exec', '--yes', '--'] : ['npx', '--yes']
}

/** npm and pnpm keep what they download under the home folder; where that is read-only or closed, they keep it here. */
function ownCaches() {
  const own = join(root, '.cache')
  const npmCache = process.env.npm_config_cache ?? join(homedir(), '.npm')
  return {
    ...(isWritable(npmCache) ? {} : { npm_config_cache: join(own, 'npm') }),
    ...(may(homedir(), constants.W_OK) ? {} : { pnpm_config_store_dir: join(own, 'pnpm-store') }),
    ...(may(homedir(), constants.R_OK | constants.X_OK) ? {} : { HOME: join(own, 'home') }),
  }
}

/** Whether files can be made in this folder, or it can itself be made. */
function isWritable(folder) {
  if (!existsSync(folder)) return dirname(folder) !== folder && isWritable(dirname(folder))
  return may(folder, constants.W_OK)
}

function may(folder, access) {
  try {
    accessSync(folder, access)
    return true
  } catch {
    return false
  }
}

/** Two commands started together install once. A lock whose owner is gone is taken over. */
function withLock(work) {
  mkdirSync(dirname(lock), { recursive: true })
  for (let told = false; !take(); told = true) {
    if (!told) console.error('Another command is installing packages; waiting for it …')
    pause(500)
  }
  process.on('exit', () => rmSync(lock, { force: true }))
  work()
}

function take() {
  const own = `${lock}-${process.pid}`
  try {
    // Linked into place with its content: a lock is never seen without its owner.
    writeFileSync(own, String(process.pid))
    linkSync(own, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST')
      fail(`The folder ${dirname(lock)} cannot be written (${error.code}). Run from a copy that this user may change.`)
    if (!isAlive(lockOwner())) rmSync(lock, { force: true })
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

/** 0 when the lock has been given back in the meantime. */
function lockOwner() {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return 0
    throw error
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
