import { assignableRoles } from '@carecommons/access'
import { ACTING_PRACTICE, may, texts } from './acting-settings.ts'
import type { DefinerFunction } from './definer-function.ts'

/*
 * What need and capacity of the shared staff are worked out from: counts of people by tier of risk and hours of staff, by practice and of the
 * region. It knows no payer. No number of 1 to 10 people is told: such tiers of a practice, and the next smallest where they are ten or fewer
 * together, are given as equal parts of their sum, and marked.
 */
const SMALLEST_GROUP = 11
/** In place of what 1 to 10 people are. */
const GUESS = 5
/** Stays in hospital (HL7 v3 ActCode), as the models of risk count them. */
const STAYS = ['IMP', 'ACUTE', 'NONAC']

const COLUMNS = 'table (practice_id uuid, fact text, month date, tier integer, discipline text, amount double precision, told boolean)'

/** Twelve months from `first_month` on; people and discharges as of `today`. */
const staffFacts: DefinerFunction = {
  signature: 'commons_staff_facts(first_month date, today date)',
  name: 'commons_staff_facts(date, date)',
  returns: COLUMNS,
  body: `with zone as (select r.time_zone as name from region r limit 1),
         day as (
           select d::date as on_day, date_trunc('month', d)::date as of_month, extract(isodow from d)::int as weekday,
                  d at time zone z.name as begins, (d + interval '1 day') at time zone z.name as ends
             from zone z, generate_series(first_month::timestamp, first_month::timestamp + interval '1 year' - interval '1 day', interval '1 day') d),
         present as (
           select y.of_month, s.discipline, s.weekly_minutes / 5.0 as minutes,
                  least(1, coalesce((
                    select sum(extract(epoch from least(l.until_at, y.ends) - greatest(l.from_at, y.begins)) / extract(epoch from y.ends - y.begins))
                      from staff_leave l where l.membership_id = m.id and l.ended_at is null and l.from_at < y.ends and l.until_at > y.begins), 0)) as away
             from staff_member s join membership m on m.id = s.membership_id
             join day y on y.weekday <= 5 and y.on_day >= m.starts_on and (m.ends_on is null or y.on_day <= m.ends_on)
            where m.ended_at is null and m.role = any (${texts(assignableRoles)}) and s.weekly_minutes > 0),
         hours as (
           select a.practice_id, a.membership_id, y.of_month, (y.on_day + make_interval(mins => h."from")) at time zone z.name as begins,
                  (y.on_day + make_interval(mins => h."until")) at time zone z.name as ends
             from care_assignment a join membership m on m.id = a.membership_id
            cross join lateral jsonb_to_recordset(a.hours) as h (weekday int, "from" int, "until" int)
             join day y on y.weekday = h.weekday and y.on_day >= a.starts_on and (a.ends_on is null or y.on_day <= a.ends_on)
            cross join zone z
            where a.ended_at is null and m.ended_at is null and (m.ends_on is null or y.on_day <= m.ends_on)),
         scheduled as (
           select h.practice_id, h.of_month, sum(extract(epoch from h.ends - h.begins) / 60 - coalesce((
                    select sum(extract(epoch from least(l.until_at, h.ends) - greatest(l.from_at, h.begins)) / 60) from staff_leave l
                     where l.membership_id = h.membership_id and l.ended_at is null and l.from_at < h.ends and l.until_at > h.begins
                       and not exists (select from leave_cover c where c.leave_id = l.id and c.practice_id = h.practice_id and c.state = 'accepted')), 0)) as minutes
             from hours h group by 1, 2),
         counted as (
           select s.practice_id, s.risk_rank / 100 as tier, count(*)::int as people from patient_summary s where not s.deceased group by 1, 2),
         placed as (
           select c.*, sum(c.people) over (partition by c.practice_id) as charts,
                  coalesce(sum(c.people) filter (where c.people < ${SMALLEST_GROUP}) over (partition by c.practice_id), 0) as few,
                  row_number() over (partition by c.practice_id order by c.people < ${SMALLEST_GROUP}, c.people, c.tier) as place
             from counted c),
         shown as (
           select p.*, p.people >= ${SMALLEST_GROUP} and not (p.place = 1 and p.few between 1 and ${SMALLEST_GROUP - 1}) as is_told from placed p),
         stays as (
           select s.practice_id, sum(v.stays) as stays, count(*) filter (where v.stays > 0) as people
             from patient_summary s
            cross join lateral (
              select count(*) as stays from clinical_fact f
               where f.practice_id = s.practice_id and f.patient_id = s.patient_id and f.type = 'Encounter' and f.part = 0 and f.sensitivity is null
                 and f.value_code_id = any (array(select k.id from code k
                       where k.system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode' and k.code = any (${texts(STAYS)})))
                 and coalesce(f.status, '') not in ('entered-in-error', 'cancelled', 'planned')
                 and f.ends_at >= today - interval '1 year' and f.ends_at < today + interval '1 day') v
            where not s.deceased and s.risk_rank >= 200 group by 1),
         facts as (
           select p.practice_id, 'people' as fact, null::date as month, p.tier::int as tier,
                  (case when p.is_told then p.people else avg(p.people) over (partition by p.practice_id, p.is_told) end)::float8 as amount, p.is_told as told
             from shown p where p.charts >= ${SMALLEST_GROUP}
            union all
           select distinct p.practice_id, 'people', null::date, 0, ${GUESS}::float8, false from shown p where p.charts < ${SMALLEST_GROUP}
            union all
           select t.practice_id, 'transitions', null, null, (case when t.people >= ${SMALLEST_GROUP} then t.stays else ${GUESS} end)::float8, t.people >= ${SMALLEST_GROUP}
             from stays t where t.people > 0
            union all
           select h.practice_id, 'scheduled', h.of_month, null, h.minutes::float8, true from scheduled h)
         select f.practice_id, f.fact, f.month, f.tier, null, f.amount, f.told from facts f
          union all
         select null, f.fact, f.month, f.tier, null, sum(f.amount), bool_and(f.told) from facts f group by f.fact, f.month, f.tier
          union all
         select null, t.fact, p.of_month, null, p.discipline, (case t.fact when 'paid' then sum(p.minutes) when 'leave' then sum(p.minutes * p.away) else sum(1 - p.away) end)::float8, true
           from present p cross join (values ('paid'), ('leave'), ('days')) t (fact) group by t.fact, p.of_month, p.discipline`,
  grantedTo: 'commons_worker',
}

/** For whoever allocates: every practice's, and the region's. */
const staffNeed: DefinerFunction = {
  signature: 'commons_staff_need(first_month date, today date)',
  name: 'commons_staff_need(date, date)',
  returns: COLUMNS,
  body: `select f.* from commons_staff_facts(first_month, today) f where ${may('read', 'StaffNeed')}`,
  grantedTo: 'commons_region',
}

/** For a practice: its own, as whoever allocates reads it, and the region's sums. */
const staffShare: DefinerFunction = {
  signature: 'commons_staff_share(first_month date, today date)',
  name: 'commons_staff_share(date, date)',
  returns: COLUMNS,
  body: `select f.* from commons_staff_facts(first_month, today) f
          where (f.practice_id is null or f.practice_id = ${ACTING_PRACTICE}) and ${ACTING_PRACTICE} is not null and ${may('read', 'StaffShare')}`,
  grantedTo: 'commons_practice',
}

export const needFunctions: readonly DefinerFunction[] = [staffFacts, staffNeed, staffShare]
