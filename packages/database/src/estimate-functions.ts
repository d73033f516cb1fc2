/*
 * What the planner has sampled of a column it uses for every role: row-level security keeps it from those operators alone that might tell
 * values, and `explain` prints the estimate. So nothing is sampled of columns that say whose a row is: of these the planner is told how many
 * there are, the same for every value, and the rows of another practice are estimated like those of one that does not exist.
 * https://www.postgresql.org/docs/current/planner-stats-security.html
 */
const WHOSE = [
  ...['practice_id', 'organization_id', 'recipient_id', 'payer_id', 'patient_id', 'person_id', 'user_id', 'membership_id', 'renews'],
  ...['created_by', 'recorded_by', 'granted_by', 'invited_by', 'requested_by', 'loaded_by', 'agreed_by', 'updated_by', 'added_by'],
  ...['proposed_by', 'written_by', 'opened_by', 'lead_membership_id', 'leaver_id', 'leave_id', 'cover_id', 'handoff_id'],
  ...['plan_id', 'application_id', 'assignment_id', 'applied_by', 'undone_by'],
].map((name) => `'${name}'`)

const SIGNATURE = 'commons_estimate_alike(practices integer, charts integer)'
const NAME = 'commons_estimate_alike(integer, integer)'

const columns = (which: string): string => `
  select c.relname, c.relkind = 'p' as is_divided, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (${which})`

/**
 * Of tables that are new: samples nothing and drops what was sampled. Of all: tells the planner how many practices and charts there are, if
 * told; where it is not, it takes two hundred. Before PostgreSQL 18 nobody can tell it, and it samples: without, it reads a care manager's
 * charts forty times as long.
 */
export const estimateAlike = [
  `create or replace function ${SIGNATURE} returns void
     language plpgsql volatile security definer set search_path = public, pg_temp as $$
     declare
       one record;
     begin
       if to_regproc('pg_restore_attribute_stats') is null then return; end if;
       perform pg_advisory_xact_lock(hashtext('commons estimates'));
       for one in ${columns(`a.attname in (${WHOSE.join(', ')}) and a.attstattarget is distinct from 0`)} loop
         execute format('alter table %I alter column %I set statistics 0', one.relname, one.attname);
         perform pg_clear_attribute_stats('public', one.relname, one.attname, whole) from unnest(array[false, true]) whole;
       end loop;
       for one in ${columns(`(practices > 0 and a.attname = 'practice_id') or (charts > 0 and a.attname = 'patient_id')`)} loop
         perform pg_restore_attribute_stats('schemaname', 'public', 'relname', one.relname::text, 'attname', one.attname::text,
           'inherited', one.is_divided, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', (case one.attname when 'patient_id' then charts else practices end)::real);
       end loop;
     end $$`,
  `revoke all on function ${NAME} from public`,
  `grant execute on function ${NAME} to commons_worker`,
  `select commons_estimate_alike(null, null)`,
]
