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

/**
 * Imports follow one another under a lock: while somebody holds it, the one begun last is running. One whose files were read to their end
 * later is not told, as when they were written anew in between; nor is the seeding of a demo region, which each start begins anew.
 */
export async function unfinishedImports(sessions: Sessions): Promise<UnfinishedImport[]> {
  return sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    const { rows } = await sql<UnfinishedImport>`
      with run as (
        select r.id, r.region_id, r.state, r.started_at, array_agg(f.name order by f.ordinal) as files, count(*) filter (where f.done)::int as files_done
          from import_run r join import_file f on f.import_run_id = r.id group by r.id
      )
      select to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as "startedAt", r.files, r.files_done as "filesDone",
             (select count(*)::int from import_pending p join import_file w on w.id = p.import_file_id where w.import_run_id = r.id) as pending,
             r.id = (max(r.id::text) over ())::uuid and exists (
               select from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
                  and ((classid::bigint << 32) | objid::bigint) = hashtext(${IMPORT_LOCK})) as "isRunning"
        from run r
       where r.state = 'running'
         and not exists (select from run later where later.state = 'finished' and later.id > r.id
                            and (later.files = r.files or exists (select from region g where g.id = later.region_id and g.is_demo)))
       order by r.id`.execute(db)
    return rows
  })
}

/** The lock that imports hold, by name. */
export const IMPORT_LOCK = 'commons import'
