import { administratorRoles } from '@carecommons/access'
import { ACTING_PERSON, may, texts, within } from './acting-settings.ts'
import type { DefinerFunction } from './definer-function.ts'

/* What changes about organizations and their people one at a time. */

/**
 * Opens a practice to its people from a day on, once both agreements are signed; does nothing before, or again. Nobody who signs for a
 * practice may write anything else about it, nor open another one; the region records what was signed on paper.
 */
export const activatePractice: DefinerFunction = {
  signature: 'commons_activate_practice(practice uuid, today date)',
  name: 'commons_activate_practice(uuid, date)',
  returns: 'table (active_since date)',
  body: `update organization o set active_since = today
          where o.id = practice and o.kind = 'practice' and o.active_since is null
            and ${within('practice', 'true')} and ${may('create', 'Agreement')}
            and (select count(distinct a.kind) from agreement a where a.organization_id = practice) = 2
          returning o.active_since`,
  grantedTo: 'commons_practice, commons_region',
}

/** Names an organization anew, and says of a practice whether it is a program under 42 CFR Part 2: for whoever saw its newest version. */
export const updateOrganization: DefinerFunction = {
  signature: 'commons_update_organization(which uuid, seen integer, called text, place text, part2 boolean)',
  name: 'commons_update_organization(uuid, integer, text, text, boolean)',
  returns: 'table (id uuid)',
  body: `update organization o
            set name = called, city = place, part2_program = part2, agreed = true, version = o.version + 1
          where o.id = which and o.version = seen and (o.kind = 'practice' or not part2) and ${may('update', 'Organization')}
          returning o.id`,
  grantedTo: 'commons_region',
}

/** Agrees to a payer that records had only named. */
export const agreeToPayer: DefinerFunction = {
  signature: 'commons_agree_to_payer(payer uuid)',
  name: 'commons_agree_to_payer(uuid)',
  returns: 'table (id uuid)',
  body: `update organization o set agreed = true
          where o.id = payer and o.kind = 'payer' and not o.agreed
            and (current_setting('role') = 'commons_worker' or ${may('update', 'Organization')})
          returning o.id`,
  grantedTo: 'commons_region, commons_worker',
}

const ADMINISTRATORS = texts(Object.values(administratorRoles).filter((role) => role !== null))

/**
 * Ends the membership of a member of staff or of a system, of the own organization or, for the region, of any: never the own, and never
 * the last administrator's. The administrators are locked, so that of two who end each other one stays.
 */
export const endMembership: DefinerFunction = {
  signature: 'commons_end_membership(which uuid, at timestamptz)',
  name: 'commons_end_membership(uuid, timestamptz)',
  returns: 'table (id uuid)',
  body: `with administrators as (
           select h.id, h.organization_id from membership h
            where h.organization_id = (select w.organization_id from membership w where w.id = which) and h.role = any (${ADMINISTRATORS})
              and h.ended_at is null and h.starts_on <= current_date and (h.ends_on is null or h.ends_on >= current_date)
            order by h.id for update
         )
         update membership m set ended_at = at
          where m.id = which and m.ended_at is null and m.role <> 'patient' and m.user_id <> ${ACTING_PERSON}
            and ${within('m.organization_id', 'true')} and ${may('end', 'Membership')}
            and (m.role <> all (${ADMINISTRATORS}) or exists (select from administrators h where h.id <> m.id))
          returning m.id`,
  grantedTo: 'commons_practice, commons_region',
}

/** Gives another name to a member of the acting organization or, for the region, of any that is no practice; answers who it was. */
export const renamePerson: DefinerFunction = {
  signature: 'commons_rename_person(membership uuid, wanted text, present text)',
  name: 'commons_rename_person(uuid, text, text)',
  returns: 'table (id uuid)',
  body: `update app_user u set name = wanted
           from membership m join organization o on o.id = m.organization_id
          where m.id = membership and u.id = m.user_id and u.name = present and m.role <> 'patient' and m.ended_at is null
            and m.user_id <> ${ACTING_PERSON} and ${within('o.id', `o.kind <> 'practice'`)} and ${may('update', 'Membership')}
         returning u.id`,
  grantedTo: 'commons_practice, commons_region',
}
