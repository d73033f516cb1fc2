import { ACTING_ORGANIZATION, ACTING_PRACTICE } from './acting-settings.ts'
import { activatePractice, agreeToPayer, endMembership, renamePerson, updateOrganization } from './administration-functions.ts'
import { assignLead, caseloadStaff, caseloadWork, caseOwners, closeCase, judgeLead } from './caseload-functions.ts'
import { peerRates, regionRates, registrySizes } from './comparison-functions.ts'
import type { DefinerFunction } from './definer-function.ts'
import { breakGlass, emergenciesTold, openInEmergency } from './emergency-functions.ts'
import { estimateAlike } from './estimate-functions.ts'
import { needFunctions } from './need-functions.ts'
import { linkCharts } from './person-functions.ts'
import { playbooks, practiceMonths, practiceRecords } from './region-functions.ts'
import { auditNames, auditPeople, disclosures, ownLooks } from './who-looked-functions.ts'

/** People of the region, each counted once. */
const peopleCount: DefinerFunction = {
  signature: 'commons_people_count()',
  name: 'commons_people_count()',
  returns: 'table (people integer)',
  body: `select count(distinct p.person_id)::int from patient p`,
  grantedTo: 'commons_region',
}

/** How many charts each practice keeps, and the newest day on file. */
const practiceCharts: DefinerFunction = {
  signature: 'commons_practice_charts()',
  name: 'commons_practice_charts()',
  returns: 'table (practice_id uuid, charts integer, data_through date)',
  body: `select s.practice_id, case when count(*) > 10 then count(*)::int end, max(s.data_through) from patient_summary s group by s.practice_id`,
  grantedTo: 'commons_region',
}

/** Names of the care managers who work, or worked, for the acting practice: their memberships are not the practice's to read. */
const careManagerNames: DefinerFunction = {
  signature: 'commons_care_manager_names()',
  name: 'commons_care_manager_names()',
  returns: 'table (membership_id uuid, name text, role text)',
  body: `select distinct m.id, u.name, m.role from care_assignment a join membership m on m.id = a.membership_id join app_user u on u.id = m.user_id
          where a.practice_id = ${ACTING_PRACTICE}`,
  grantedTo: 'commons_practice',
}

/** When those who work for the acting practice are away, and never why: leave is not the practice's to read. */
const absences: DefinerFunction = {
  signature: 'commons_absences()',
  name: 'commons_absences()',
  returns: 'table (membership_id uuid, from_at timestamptz, until_at timestamptz)',
  body: `select l.membership_id, l.from_at, l.until_at from staff_leave l
          where l.ended_at is null and exists (select from care_assignment a where a.membership_id = l.membership_id and a.ended_at is null
                                                  and a.practice_id = ${ACTING_PRACTICE})`,
  grantedTo: 'commons_practice',
}

/** Names of the charts that live grants open to the acting organization. */
const sharedCharts: DefinerFunction = {
  signature: 'commons_shared_charts()',
  name: 'commons_shared_charts()',
  returns: 'table (grant_id uuid, patient_id uuid, family_name text, given_name text, birth_date date)',
  body: `select g.id, p.id, p.family_name, p.given_name, p.birth_date
           from share_grant g join patient p on p.practice_id = g.practice_id and p.id = g.patient_id
          where g.recipient_id = ${ACTING_ORGANIZATION} and g.ended_at is null and g.expires_at > now()`,
  grantedTo: 'commons_practice',
}

/** Everybody with a live membership or assignment that could open a chart of the acting practice; which roles do, the role pages say. */
const chartAudience: DefinerFunction = {
  signature: 'commons_chart_audience(today date, moment timestamptz)',
  name: 'commons_chart_audience(date, timestamptz)',
  returns: 'table (rule text, person text, role text, organization text, patient_id uuid, starts_on date, ends_on date)',
  body: `select 'member', u.name, m.role, o.name, m.patient_id, m.starts_on, m.ends_on
           from membership m join app_user u on u.id = m.user_id join organization o on o.id = m.organization_id
          where m.organization_id = ${ACTING_PRACTICE}
            and m.ended_at is null and m.starts_on <= today and (m.ends_on is null or m.ends_on >= today)
          union all
         select a.kind, u.name, m.role, o.name, null, a.starts_on, a.ends_on
           from care_assignment a join membership m on m.id = a.membership_id join app_user u on u.id = m.user_id
           join organization o on o.id = m.organization_id
          where a.practice_id = ${ACTING_PRACTICE}
            and a.ended_at is null and a.starts_on <= today and (a.ends_on is null or a.ends_on >= today)
            and (a.from_at is null or (a.from_at <= moment and a.until_at > moment))
            and m.ended_at is null and m.starts_on <= today and (m.ends_on is null or m.ends_on >= today)`,
  grantedTo: 'commons_practice',
}

/** Whether a chart is of somebody born on a day: for whoever holds an invitation to it, and says so. */
const isBornOn: DefinerFunction = {
  signature: 'commons_is_born_on(practice uuid, chart uuid, day date)',
  name: 'commons_is_born_on(uuid, uuid, date)',
  returns: 'table (is_born_on boolean)',
  body: `select p.birth_date = day from patient p where p.practice_id = practice and p.id = chart`,
  grantedTo: 'commons_door',
}

/** How the labelling under 42 CFR Part 2 of what a practice already had stands: the newest job of each. */
const labelling: DefinerFunction = {
  signature: 'commons_labelling()',
  name: 'commons_labelling()',
  returns: 'table (practice_id uuid, state text, asked_at timestamptz, finished_at timestamptz)',
  body: `select distinct on (j.practice_id) j.practice_id, j.state, j.created_at, j.finished_at
           from job j where j.name = 'record.label' order by j.practice_id, j.created_at desc, j.id desc`,
  grantedTo: 'commons_region',
}

/** The run whose figures payers have: that which a live one began as, of which they see nothing more. */
const releasedRun: DefinerFunction = {
  signature: 'commons_released_run(run uuid)',
  name: 'commons_released_run(uuid)',
  returns: 'table (id uuid)',
  body: `select coalesce(r.live_of, r.id) from metric_run r where r.id = run`,
  grantedTo: 'commons_payer',
}

const functions = [
  peerRates,
  registrySizes,
  regionRates,
  peopleCount,
  practiceCharts,
  practiceMonths,
  practiceRecords,
  playbooks,
  auditPeople,
  auditNames,
  disclosures,
  activatePractice,
  updateOrganization,
  agreeToPayer,
  endMembership,
  careManagerNames,
  absences,
  sharedCharts,
  breakGlass,
  openInEmergency,
  chartAudience,
  emergenciesTold,
  ownLooks,
  isBornOn,
  renamePerson,
  labelling,
  releasedRun,
  judgeLead,
  assignLead,
  closeCase,
  caseOwners,
  caseloadStaff,
  caseloadWork,
  linkCharts,
  ...needFunctions,
]

/** What every definer function's name begins with. */
export const DEFINER_PREFIX = 'commons_'

/**
 * Makes the audit's partitions: for this month and the three to come, and for months whose rows have gathered in the last partition. It
 * runs as the owner of the table, takes nothing and answers how many it made.
 */
const MAKE_AUDIT_MONTHS = 'commons_make_audit_months()'
const makeAuditMonths = [
  `create or replace function ${MAKE_AUDIT_MONTHS} returns integer
     language plpgsql volatile security definer set search_path = public, pg_temp as $$
     declare
       month date;
       made integer := 0;
       part text;
     begin
       perform pg_advisory_xact_lock(hashtext('commons audit months'));
       for month in
         select (date_trunc('month', now() at time zone 'UTC') + n * interval '1 month')::date from generate_series(0, 3) n
         union select distinct date_trunc('month', at at time zone 'UTC')::date from audit_event_rest order by 1
       loop
         part := 'audit_event_' || to_char(month, 'YYYY_MM');
         continue when to_regclass('public.' || part) is not null;
         -- A row on its way to the rest would find that it does not belong there any more.
         lock table audit_event in share row exclusive mode;
         execute format('create table %I (like audit_event including all)', part);
         execute format('with moved as (delete from audit_event_rest where at >= %1$L and at < %2$L returning *) insert into %3$I select * from moved',
           month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC', part);
         execute format('alter table audit_event attach partition %I for values from (%L) to (%L)', part,
           month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
         perform commons_estimate_alike(null, null);
         made := made + 1;
       end loop;
       return made;
     end $$`,
  `revoke all on function ${MAKE_AUDIT_MONTHS} from public`,
  `grant execute on function ${MAKE_AUDIT_MONTHS} to commons_worker`,
  `select ${MAKE_AUDIT_MONTHS}`,
]

/** The function puts the caller's setting back itself: only a superuser may store a custom setting on a function. */
export const definerFunctions = (): string[] => [
  'grant create on schema public to commons_worker, commons_auditor',
  'grant commons_worker, commons_auditor to current_user',
  ...functions.flatMap(({ signature, name, returns, body, owner = 'commons_worker', grantedTo }) => [
    `drop function if exists ${name}`,
    `create function ${signature} returns ${returns}
       language plpgsql volatile security definer set search_path = public, pg_temp as $$
       #variable_conflict use_column
       declare
         before text := coalesce(current_setting('commons.practice_ids', true), '');
       begin
         perform set_config('commons.practice_ids', coalesce((select '{' || string_agg(id::text, ',') || '}' from organization where kind = 'practice'), '{}'), true);
         return query ${body};
         perform set_config('commons.practice_ids', before, true);
       end $$`,
    `alter function ${name} owner to ${owner}`,
    `revoke all on function ${name} from public`,
    `grant execute on function ${name} to ${grantedTo}`,
  ]),
  'revoke create on schema public from commons_worker, commons_auditor',
  ...estimateAlike,
  ...makeAuditMonths,
]
