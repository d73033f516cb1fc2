import type { Sessions } from '#shared/sessions'
import { sql } from 'kysely'

/** An import that has begun and not come to its end. */
export interface UnfinishedImport {
  /** In UTC, to the minute. */
  readonly startedAt: string
  readonly files: readonly string[]
  readonly filesDone: number
  /** Lines that wait for their patient. */
  readonly pending: number
  readonly isRunning: boolean
}

/** Imports follow one another under a lock: while somebody holds it, the one begun last is running. */
export async function unfinishedImports(sessions: Sessions): Promise<UnfinishedImport[]> {
  return sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    const { rows } = await sql<UnfinishedImport>`
      select to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as "startedAt", array_agg(f.name order by f.ordinal) as files,
             count(*) filter (where f.done)::int as "filesDone",
             (select count(*)::int from import_pending p join import_file w on w.id = p.import_file_id where w.import_run_id = r.id) as pending,
             r.id = (max(r.id::text) over ())::uuid and exists (
               select from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
                  and ((classid::bigint << 32) | objid::bigint) = hashtext(${IMPORT_LOCK})) as "isRunning"
        from import_run r join import_file f on f.import_run_id = r.id
       where r.state = 'running' group by r.id order by r.id`.execute(db)
    return rows
  })
}

/** The lock that imports hold, by name. */
export const IMPORT_LOCK = 'commons import'
