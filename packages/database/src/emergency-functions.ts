import { ACTING_MEMBERSHIP, ACTING_ORGANIZATION, ACTING_PERSON, ACTING_PRACTICE, may } from './acting-settings.ts'
import type { DefinerFunction } from './definer-function.ts'

/** The practice contested an emergency of the acting person, and has not lifted what followed. */
const barred = (practice: string, patient: string): string => `exists (
             select from emergency_bar b
              where b.practice_id = ${practice} and b.patient_id = ${patient} and b.user_id = ${ACTING_PERSON} and b.lifted_at is null)`

/** In the own name, for four hours. */
const opens = (chosen: string, practice: string): string => `
           insert into emergency_access as e (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason, opened_at, expires_at)
           select gen_random_uuid(), ${practice}, c.id, ${ACTING_PERSON}, ${ACTING_MEMBERSHIP}, u.name, ${ACTING_ORGANIZATION}, why, now(), now() + interval '4 hours'
             from ${chosen} c join app_user u on u.id = ${ACTING_PERSON}`

/**
 * Opens one chart in an emergency to whoever knows the exact name, birth date and practice; nothing when no chart, or more than one, is
 * so, or after five misses in an hour. Hits and misses are written down here, so that no caller can leave them out.
 */
export const breakGlass: DefinerFunction = {
  signature: 'commons_break_glass(practice uuid, family text, given text, born date, why text)',
  name: 'commons_break_glass(uuid, text, text, date, text)',
  returns: 'table (id uuid, patient_id uuid, barred boolean)',
  body: `with found as (
           select p.id from patient p
            where p.practice_id = practice and p.birth_date = born
              and lower(p.family_name) = lower(btrim(family)) and lower(p.given_name) = lower(btrim(given))
         ), bars as (
           select f.id from found f where ${barred('practice', 'f.id')}
         ), chosen as (
           select f.id from found f
            where (select count(*) from found) = 1 and not exists (select from bars) and length(btrim(why)) > 0
              and ${may('create', 'EmergencyAccess')}
              and (select count(*) from emergency_miss m where m.membership_id = ${ACTING_MEMBERSHIP} and m.at > now() - interval '1 hour') < 5
         ), missed as (
           insert into emergency_miss (id, membership_id, at)
           select gen_random_uuid(), ${ACTING_MEMBERSHIP}, now() where not exists (select from chosen)
         ), opened as (
           ${opens('chosen', 'practice')} returning e.id, e.patient_id
         ) select o.id, o.patient_id, false from opened o
           union all select null, b.id, true from bars b where (select count(*) from found) = 1`,
  grantedTo: 'commons_practice, commons_care_manager',
}

/** Opens one chart of the own reach in an emergency, its sensitive records included; nothing for whoever is barred from it. */
export const openInEmergency: DefinerFunction = {
  signature: 'commons_open_in_emergency(chart uuid, why text)',
  name: 'commons_open_in_emergency(uuid, text)',
  returns: 'table (id uuid)',
  body: `with chosen as (
           select p.id, p.practice_id from patient p
            where p.id = chart and not ${barred('p.practice_id', 'p.id')} and length(btrim(why)) > 0 and ${may('create', 'EmergencyAccess')}
              and case current_setting('role') when 'commons_practice' then p.practice_id = ${ACTING_PRACTICE}
                    else p.practice_id = any (nullif(before, '')::uuid[]) end
         ), opened as (
           ${opens('chosen', 'c.practice_id')} returning e.id
         ) select o.id from opened o`,
  grantedTo: 'commons_practice, commons_care_manager',
}

/** How many emergencies of each practice were told to the coordinating body, since the practice had no administrator: never which. */
export const emergenciesTold: DefinerFunction = {
  signature: 'commons_emergencies_told()',
  name: 'commons_emergencies_told()',
  returns: 'table (practice_id uuid, times integer)',
  body: `select e.practice_id, count(*)::int from emergency_access e where e.region_told_at is not null group by e.practice_id`,
  grantedTo: 'commons_region',
}
