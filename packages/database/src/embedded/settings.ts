import { appendFile, chown, readFile, rename, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Programs } from './programs.ts'
import { type RunAs, runProgram } from './run-program.ts'

const FILE = 'carecommons.conf'

/** Only with the password, only from this machine. */
const HBA = `# Written when the database was made.
host all all 127.0.0.1/32 scram-sha-256
`

export interface Settings {
  port: number
  logFolder: string
  /** False trades safety in a power cut for speed: for databases of tests. */
  durable: boolean
}

/** Makes a fresh data folder read our settings, which are written anew at each start; ALTER SYSTEM overrules them. */
export async function adoptSettings(data: string): Promise<void> {
  await appendFile(join(data, 'postgresql.conf'), `\ninclude_if_exists = '${FILE}'\n`)
  await writeFile(join(data, 'pg_hba.conf'), HBA)
}

export async function writeSettings(data: string, programs: Programs, settings: Settings, as?: RunAs): Promise<void> {
  const file = join(data, FILE)
  // Builds differ in whether they know lz4: this asks one to read a configuration that names it.
  const lz4 = await runProgram(programs.postgres, ['-D', data, '-C', 'wal_compression', '-c', 'wal_compression=lz4'], as)
  const text = settingsText(settings, programs, lz4.code === 0 ? 'lz4' : 'pglz', await sharedMemory())
  const present = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (present === text) return
  await writeFile(`${file}.making`, text, { mode: 0o600 })
  if (as) await chown(`${file}.making`, as.uid, as.gid)
  await rename(`${file}.making`, file)
}

/** Containers often have 64 MB of /dev/shm, too little for one parallel hash join; there the workers of a query share files instead. */
async function sharedMemory(): Promise<'mmap' | 'posix'> {
  if (process.platform !== 'linux') return 'posix'
  const { blocks, bsize } = await statfs('/dev/shm')
  return blocks * bsize < 512 * 1024 * 1024 ? 'mmap' : 'posix'
}

/** Sized for a small shared machine: 2 cores and a few GB of memory, on a solid-state disk. */
function settingsText(
  { port, logFolder, durable }: Settings,
  { libraries }: Programs,
  compression: 'lz4' | 'pglz',
  memory: 'mmap' | 'posix',
): string {
  return `# Written at each start. Make your own changes with ALTER SYSTEM: they overrule this file.
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = ${durable ? 100 : 300}

shared_buffers = '256MB'
effective_cache_size = '1GB'
work_mem = '16MB'
maintenance_work_mem = '128MB'
dynamic_shared_memory_type = '${memory}'
random_page_cost = 1.1
jit = off
default_toast_compression = '${compression}'

wal_compression = '${compression}'
max_wal_size = '2GB'
checkpoint_timeout = '15min'
${durable ? '' : 'fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n'}
${libraries.has('pg_stat_statements') ? "shared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.track_utility = off\n" : ''}
timezone = 'UTC'
log_timezone = 'UTC'

# Errors go to the client and not into the log, which keeps neither statements nor values: they may name a patient.
logging_collector = on
log_directory = '${logFolder.replaceAll("'", "''")}'
log_filename = 'postgres-%a.log'
log_rotation_age = '1d'
log_rotation_size = 0
log_truncate_on_rotation = on
log_file_mode = 0600
log_line_prefix = '%m [%p] %d '
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = none
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
`
}
