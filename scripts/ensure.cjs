// Installs what the lockfile names, once per lockfile. Runs on the host's Node (20 or newer) with no dependency.
const { createHash } = require('node:crypto')
const { spawnSync } = require('node:child_process')
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const PNPM = '12.21.0'
const root = join(__dirname, '..')
const stamp = join(root, 'node_modules', '.cache', 'installed')
const quiet = process.argv.includes('--quiet')

const major = Number(process.versions.node.split('.')[0])
if (major < 20) fail(`CareCommons needs Node 20 or newer to install itself; this is ${process.version}.`)

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'pnpm-lock.yaml')))
  .digest('hex')
const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
if (present !== wanted) install()

function install() {
  if (!quiet) console.log('Installing packages (first time, or after the lockfile changed) …')
  for (let attempt = 1; attempt <= 3; attempt++) {
    const child = spawnSync('npx', ['--yes', `pnpm@${PNPM}`, 'install', '--frozen-lockfile', '--reporter=append-only'], {
      cwd: root,
      // Progress belongs on stderr: a command's own output must stay clean for programs that read it.
      stdio: ['ignore', quiet ? 'ignore' : 2, 2],
      env: { ...process.env, CI: 'true' },
    })
    if (child.status === 0) {
      mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true })
      writeFileSync(stamp, wanted)
      return
    }
    if (attempt < 3) console.error(`Installing failed (attempt ${attempt} of 3); trying again …`)
  }
  fail('Packages could not be installed. The lines above say why; check the network and the npm registry, then run the command again.')
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
