import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Tx } from '#shared/sessions'

/**
 * Rows `e` of the audit that bear no seal and that `snapshot`, or else the moment of asking, sees. They are found by the snapshot of the
 * newest seals, through an index: years of sealed rows are not looked at. Where transactions are numbered anew, as after a restored backup,
 * and at the very first, the seals themselves tell which row has one.
 */
export async function unsealedRows(db: Tx['db'], snapshot: string | null): Promise<RawBuilder<SqlBool>> {
  const { rows } = await sql<{ last: string | null; went_back: boolean | null }>`
    select s.snapshot::text as last, pg_snapshot_xmin(coalesce(${snapshot}::pg_snapshot, pg_current_snapshot())) < pg_snapshot_xmin(s.snapshot) as went_back
      from audit_seal s where s.snapshot is not null order by s.batch desc limit 1`.execute(db)
  const last = rows[0]?.last ?? null
  const seen = snapshot === null ? sql`true` : sql`pg_visible_in_snapshot(e.xid, ${snapshot}::pg_snapshot)`
  // Rows of an earlier numbering bear numbers that still lie ahead; those that were begun after the snapshot bear used ones.
  if (last === null || rows[0]!.went_back)
    return sql`not exists (select from audit_seal s where s.event_id = e.id) and (${seen} or e.xid >= pg_snapshot_xmax(pg_current_snapshot()))`
  return sql`e.xid >= pg_snapshot_xmin(${last}::pg_snapshot) and not pg_visible_in_snapshot(e.xid, ${last}::pg_snapshot) and ${seen}`
}
