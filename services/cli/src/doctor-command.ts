import { everyDatabaseRole } from '@carecommons/access'
import { type InstallLook, lookAtInstall, openDatabase, QUEUE_SCHEMA } from '@carecommons/database'
import { findRegion, labellingsGivenUp, readSealState, type UnfinishedImport, unfinishedImports } from '@carecommons/domain'
import { type Backend, lookAtQueues } from '@carecommons/jobs'
import { openToTools } from './open-to-tools.ts'
import { answer } from './terminal.ts'

/** `commons doctor`: what this install uses and what is wrong. It only looks: nothing is started, made or changed. */
export async function doctorCommand(): Promise<void> {
  const look = await lookAtInstall()
  const tell = (what: string, is: string): void => answer(`${what.padEnd(14)} ${is}`)
  tell('Node', `${process.version} on ${process.platform} ${process.arch}`)
  tell('Data folder', look.dataFolder)
  tell('Server', serverInWords(look))
  if (look.cluster?.free !== undefined) tell('Free disk', `${Math.round(look.cluster.free / 1024 ** 3)} GB`)
  if (look.address) {
    tell('Schema', schemaInWords(look))
    if (look.schema !== 'not made')
      tell(
        'Roles',
        `${everyDatabaseRole.length} behind one login, ${look.problems.length === 0 ? 'none owns or passes by anything' : 'see below'}`,
      )
    if (look.openStatistics) tell('Statistics', STATISTICS_OPEN)
  } else if (look.cluster?.initialised) tell('Schema', 'to be seen while the server runs (npm start)')
  if (look.appUrl && look.schema === 'up to date' && look.problems.length === 0) {
    tell('GraphQL', await graphqlInWords(look.appUrl))
    tell('Audit', await auditInWords(look.appUrl))
    for (const words of await importsInWords(look.appUrl)) tell('Import', words)
  }
  const labels = look.appUrl && look.schema === 'up to date' && look.problems.length === 0 ? await labelsInWords(look.appUrl) : []
  const faults = [...look.problems, ...(await lookAtQueue(look, tell)), ...labels]
  if (nothingIsMade(look)) answer('Nothing is set up yet: npm start does it.')
  for (const fault of faults) answer(`Wrong: ${fault}`)
  answer(faults.length === 0 ? 'All is well.' : `${faults.length} to mend.`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

/** The owner of the catalog alone can take them back: the install works, and its README says what such a count tells. */
const STATISTICS_OPEN =
  'row counts of whole tables are open to every role of this server, since its catalog belongs to another role; nobody reaches them over the API'

const nothingIsMade = ({ cluster, schema, problems }: InstallLook): boolean =>
  schema === 'not made' || (cluster !== null && !cluster.initialised && problems.length === 0)

function serverInWords({ cluster, address, version }: InstallLook): string {
  if (!cluster) return address ? `PostgreSQL ${version} at ${address} (DATABASE_URL)` : 'PostgreSQL of DATABASE_URL'
  if (!cluster.initialised) return `embedded PostgreSQL, ${cluster.problems.length === 0 ? 'not made yet' : 'see below'}`
  const state = cluster.running ? `running, process ${cluster.pid}, at 127.0.0.1:${cluster.port}` : 'stopped'
  return [`embedded PostgreSQL ${cluster.version}`, state, cluster.remark].filter(Boolean).join(', ')
}

function schemaInWords({ schema, pending }: InstallLook): string {
  if (schema === 'behind') return `lacks ${pending.join(', ')}: the next start (npm start) applies ${pending.length === 1 ? 'it' : 'them'}`
  return schema === 'not made' ? 'not made yet' : schema
}

/** Tells of the queue as far as it can be seen; answers what is wrong with it. */
async function lookAtQueue(look: InstallLook, tell: (what: string, is: string) => void): Promise<string[]> {
  const backend = backendOf(look)
  if (!backend) return []
  const name = backend.kind === 'redis' ? `BullMQ on Redis at ${new URL(backend.url).host}` : 'BullMQ on PostgreSQL'
  try {
    const queues = await lookAtQueues(backend)
    const sum = (state: 'waiting' | 'active' | 'dead'): number =>
      Object.values(queues ?? {}).reduce((all, counts) => all + counts[state], 0)
    tell('Queue', queues ? `${name}, ${sum('waiting')} waiting, ${sum('active')} active, ${sum('dead')} given up` : `${name}, not made yet`)
    return []
  } catch (error) {
    tell('Queue', name)
    return [`${name} does not answer: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function backendOf({ queueUrl }: InstallLook): Backend | undefined {
  if (process.env.REDIS_URL) return { kind: 'redis', url: process.env.REDIS_URL }
  return queueUrl === undefined ? undefined : { kind: 'postgres', url: queueUrl, schema: QUEUE_SCHEMA }
}

async function auditInWords(appUrl: string): Promise<string> {
  const database = openDatabase(appUrl, { max: 1 })
  try {
    const { sealedUntil, waiting } = await readSealState(database)
    return `sealed until ${sealedUntil ?? 'never'}${waiting > 0 ? `, ${waiting.toLocaleString('en-US')} rows wait for a worker` : ''}`
  } finally {
    await database.close()
  }
}

async function graphqlInWords(appUrl: string): Promise<string> {
  const database = openDatabase(appUrl, { max: 1 })
  try {
    const { isOpen, why } = openToTools({ isDemo: (await findRegion(database))?.isDemo ?? false }, process.env)
    return `introspection ${isOpen ? 'on' : "off, browsers send the web's own operations by name"} (${why})`
  } finally {
    await database.close()
  }
}

async function labelsInWords(appUrl: string): Promise<string[]> {
  const database = openDatabase(appUrl, { max: 1 })
  try {
    return (await labellingsGivenUp(database)).map(({ name, slug, failure }) =>
      [
        `records of ${name} are not protected as 42 CFR Part 2 asks: the job that labels them was given up.`,
        failure,
        `Again: commons organizations part2 ${slug}`,
      ]
        .filter(Boolean)
        .join(' '),
    )
  } finally {
    await database.close()
  }
}

async function importsInWords(appUrl: string): Promise<string[]> {
  const database = openDatabase(appUrl, { max: 1 })
  try {
    return (await unfinishedImports(database)).map(unfinishedInWords)
  } finally {
    await database.close()
  }
}

function unfinishedInWords({ startedAt, files, filesDone, pending, isRunning }: UnfinishedImport): string {
  const begun = `begun ${startedAt} UTC, ${filesDone} of ${files.length} files read`
  const waiting = pending > 0 ? `, ${pending.toLocaleString('en-US')} lines wait for their patient` : ''
  if (isRunning) return `${begun}${waiting}, under way`
  return `${begun}${waiting}, interrupted: the same command over ${files[0]}${files.length > 1 ? ' …' : ''} goes on from there`
}
