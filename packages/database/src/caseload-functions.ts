import { rolesThatMay } from '@carecommons/access'
import { ACTING_MEMBERSHIP, ACTING_PRACTICE, may, texts } from './acting-settings.ts'
import type { DefinerFunction } from './definer-function.ts'

/* Who leads whom. One person has one lead in a program, whichever practices keep charts of theirs: the functions see that, and say no more. */

/** The caller's own practices: inside a function the setting names all of them, and `before` what it said. */
const LISTED = `any (nullif(before, '')::uuid[])`
/** Whose charts come from assignments. */
const LEADS = texts(rolesThatMay('start', 'Caseload'))

/** A practice that the caller reads cases of: of the region, whoever's page says so. */
const reads = (practice: string): string => `(case current_setting('role')
    when 'commons_region' then ${may('read', 'Caseload')}
    when 'commons_practice' then ${practice} = ${ACTING_PRACTICE}
    else ${practice} = ${LISTED} end)`

/** Whoever allocates care managers moves any case; a supervisor those of her practices; a care manager takes one that nobody leads. */
const MAY_MOVE = `(case current_setting('role')
    when 'commons_region' then ${may('update', 'Caseload')}
    else c.practice_id = ${LISTED}
     and (${may('update', 'Caseload')} or (${may('start', 'Caseload')} and c.lead_membership_id is null and lead = ${ACTING_MEMBERSHIP})) end)`

const LIVE = (membership: string): string =>
  `${membership}.ended_at is null and ${membership}.starts_on <= today and (${membership}.ends_on is null or ${membership}.ends_on >= today)`

/** The membership works for the practice in this moment, by assignment or cover. */
const works = (membership: string, practice: string): string => `exists (
      select from care_assignment a join membership h on h.id = a.membership_id
       where a.membership_id = ${membership} and a.practice_id = ${practice} and ${LIVE('a')} and (a.from_at is null or (a.from_at <= moment and a.until_at > moment))
         and ${LIVE('h')} and h.role = any (${LEADS}))`

const isAway = (membership: string): string => `exists (
      select from staff_leave l where l.membership_id = ${membership} and l.ended_at is null and l.from_at <= moment and l.until_at > moment)`

/** What keeps somebody from leading anybody new: what they are by training, or a license that is missing or past its end. */
const fitness = (membership: string): string => `coalesce((
      select case when not rule.permitted then 'not-permitted'
                  when not rule.needs_license then 'ready'
                  when license.holds is null then 'license-missing' when not license.holds then 'license-expired' else 'ready' end
        from staff_member s
        join lateral (select r.permitted, r.needs_license from scope_rule r where r.discipline = s.discipline and r.duty = 'care-management' and r.since <= today
                       order by r.since desc, r.recorded_at desc, r.id desc limit 1) rule on true
       cross join lateral (select bool_or(c.expires_on is null or c.expires_on >= today) as holds from staff_credential c
                            where c.membership_id = s.membership_id and c.kind = 'license' and c.ended_at is null) license
       where s.membership_id = ${membership}), 'not-permitted')`

const judged = (locked: string): string => `
  wanted as (select w.id, w.seen from unnest(cases, seen) w (id, seen)),
  fit as (select case when lead is null then 'ready' else ${fitness('lead')} end as outcome),
  locked as (select c.*, ${MAY_MOVE} as mine from care_case c where c.id in (select w.id from wanted w) order by c.id ${locked}),
  judged as (
    select w.id, c.practice_id, c.patient_id, c.program, c.lead_membership_id, c.version,
           case when c.id is null or not c.mine then 'missing'
                when c.closed_at is not null then 'closed'
                when c.version <> w.seen then 'changed'
                when lead is not null and not ${works('lead', 'c.practice_id')} then 'not-assigned'
                when f.outcome <> 'ready' then f.outcome
                when lead is not null and exists (
                  select from patient p join patient same on same.person_id = p.person_id
                    join care_case e on e.practice_id = same.practice_id and e.patient_id = same.id and e.program = c.program
                   where p.practice_id = c.practice_id and p.id = c.patient_id and e.id <> c.id and e.closed_at is null
                     and e.lead_membership_id is not null) then 'led-elsewhere'
                else 'ready' end as outcome
      from wanted w left join locked c on c.id = w.id cross join fit f)`

/** What would keep cases from another lead: nothing is changed. */
export const judgeLead: DefinerFunction = {
  signature: 'commons_judge_lead(cases uuid[], seen integer[], lead uuid, today date, moment timestamptz)',
  name: 'commons_judge_lead(uuid[], integer[], uuid, date, timestamptz)',
  returns: 'table (id uuid, practice_id uuid, outcome text)',
  body: `with ${judged('')} select j.id, j.practice_id, j.outcome from judged j`,
  grantedTo: 'commons_region, commons_care_manager',
}

/** Gives cases another lead, or none: all of them or none. Two who move one at once follow one another, and the second is told. */
export const assignLead: DefinerFunction = {
  signature: 'commons_assign_lead(cases uuid[], seen integer[], lead uuid, today date, moment timestamptz)',
  name: 'commons_assign_lead(uuid[], integer[], uuid, date, timestamptz)',
  returns: 'table (id uuid, practice_id uuid, outcome text)',
  body: `with ${judged('for update')},
         moved as (
           update care_case c
              set lead_membership_id = lead, lead_since = case when lead is not null then moment end, version = c.version + 1,
                  lead_name = (select u.name from membership h join app_user u on u.id = h.user_id where h.id = lead)
             from judged j where c.id = j.id and not exists (select from judged k where k.outcome <> 'ready')
           returning c.id, c.practice_id, c.patient_id, c.program),
         led as (
           insert into lead_ledger (person_id, program, case_id)
           select p.person_id, m.program, m.id from moved m join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
            where lead is not null and not exists (select from lead_ledger g where g.case_id = m.id)
           returning case_id),
         freed as (delete from lead_ledger g using moved m where g.case_id = m.id and lead is null returning g.case_id)
         select j.id, j.practice_id, j.outcome from judged j`,
  grantedTo: 'commons_region, commons_care_manager',
}

/** Ends a person's time in a program: for the practice and its care managers. */
export const closeCase: DefinerFunction = {
  signature: 'commons_close_case(which uuid, seen integer, why text, moment timestamptz)',
  name: 'commons_close_case(uuid, integer, text, timestamptz)',
  returns: 'table (id uuid)',
  body: `with closed as (
           update care_case c
              set closed_at = moment, closed_as = why, version = c.version + 1,
                  closed_by_name = (select u.name from membership h join app_user u on u.id = h.user_id where h.id = ${ACTING_MEMBERSHIP})
            where c.id = which and c.version = seen and c.closed_at is null and ${may('end', 'Caseload')}
              and case current_setting('role') when 'commons_practice' then c.practice_id = ${ACTING_PRACTICE} else c.practice_id = ${LISTED} end
           returning c.id),
         freed as (delete from lead_ledger g using closed c where g.case_id = c.id returning g.case_id)
         select c.id from closed c`,
  grantedTo: 'commons_practice, commons_care_manager',
}

/** Who looks after the people that somebody leads at a practice: the lead or, while she is away, whoever covers there. Neither: nobody. */
export const caseOwners: DefinerFunction = {
  signature: 'commons_case_owners(today date, moment timestamptz)',
  name: 'commons_case_owners(date, timestamptz)',
  returns: 'table (practice_id uuid, lead_id uuid, owner_name text, covers boolean)',
  body: `select c.practice_id, c.lead, u.name, c.lead <> h.id
           from (select distinct e.practice_id, e.lead_membership_id as lead from care_case e
                  where e.closed_at is null and e.lead_membership_id is not null and ${reads('e.practice_id')}) c
           join lateral (
             select c.lead as id where ${works('c.lead', 'c.practice_id')} and not ${isAway('c.lead')}
              union all
             select v.membership_id from leave_cover v
              where v.leaver_id = c.lead and v.practice_id = c.practice_id and v.state = 'accepted' and v.from_at <= moment and v.until_at > moment
                and ${works('v.membership_id', 'c.practice_id')}
              limit 1) h on true
           join membership m on m.id = h.id join app_user u on u.id = m.user_id`,
  grantedTo: 'commons_practice, commons_care_manager, commons_region',
}

/** Who can lead at the caller's practices, and what keeps them from it. A practice is told of nobody's hours, leave or license. */
export const caseloadStaff: DefinerFunction = {
  signature: 'commons_caseload_staff(today date, moment timestamptz)',
  name: 'commons_caseload_staff(date, timestamptz)',
  returns:
    'table (membership_id uuid, name text, discipline text, supervisor_id uuid, fte_percent smallint, is_away boolean, fitness text, practice_ids uuid[])',
  body: `select m.id, u.name, s.discipline, told.supervisor_id, told.fte_percent, told.is_away, told.fitness, at.ids
           from membership m join app_user u on u.id = m.user_id left join staff_member s on s.membership_id = m.id
          cross join lateral (
            select coalesce(array_agg(distinct a.practice_id), '{}') as ids from care_assignment a
             where a.membership_id = m.id and ${LIVE('a')} and (a.from_at is null or (a.from_at <= moment and a.until_at > moment)) and ${reads('a.practice_id')}) at
           left join lateral (select s.supervisor_id, s.fte_percent, ${isAway('m.id')} as is_away, ${fitness('m.id')} as fitness
                               where current_setting('role') <> 'commons_practice') told on true
          where m.role = any (${LEADS}) and ${LIVE('m')} and (at.ids <> '{}' or case current_setting('role')
                  when 'commons_region' then ${may('read', 'Caseload')} when 'commons_practice' then false else m.id = ${ACTING_MEMBERSHIP} end)`,
  grantedTo: 'commons_practice, commons_care_manager, commons_region',
}

/** What the charts of a practice tell of the people whom somebody leads there: sums by lead, for the practice itself and nobody else. */
export const caseloadWork: DefinerFunction = {
  signature: 'commons_caseload_work(systems text[], codes text[], since date, today date)',
  name: 'commons_caseload_work(text[], text[], date, date)',
  returns: 'table (lead_id uuid, contacts integer, reached integer, open_gaps integer, data_through date)',
  body: `select c.lead_membership_id, sum(k.contacts)::int, (count(*) filter (where k.contacts > 0))::int, sum(s.open_gaps)::int, max(s.data_through)
           from care_case c join patient_summary s on s.practice_id = c.practice_id and s.patient_id = c.patient_id
          cross join lateral (
            select count(*) as contacts from clinical_fact f join code d on d.id = f.code_id join unnest(systems, codes) w (system, code) on w.system = d.system and w.code = d.code
             where f.practice_id = c.practice_id and f.patient_id = c.patient_id and f.type = 'Encounter' and f.status = 'finished' and f.sensitivity is null
               and f.starts_on > since and f.starts_on <= today) k
          where c.closed_at is null and current_setting('role') = 'commons_practice' and c.practice_id = ${ACTING_PRACTICE} and ${may('read', 'Caseload')}
          group by c.lead_membership_id`,
  grantedTo: 'commons_practice, commons_care_manager, commons_region',
}
