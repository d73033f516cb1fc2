import type { DefinerFunction } from './definer-function.ts'

/** Which of these people occur in the audit of the acting practice. */
export const auditPeople: DefinerFunction = {
  signature: 'commons_audit_people(people uuid[])',
  name: 'commons_audit_people(uuid[])',
  returns: 'table (id uuid)',
  body: `select p.id from unnest(people) p (id)
          where exists (select from audit_event e where e.practice_id = nullif(current_setting('commons.practice_id', true), '')::uuid and e.user_id = p.id)`,
  owner: 'commons_auditor',
  grantedTo: 'commons_worker',
}

/** Names of those of them: a practice learns who looked at its records, wherever they work, and nobody else's name. */
export const auditNames: DefinerFunction = {
  signature: 'commons_audit_names(people uuid[])',
  name: 'commons_audit_names(uuid[])',
  returns: 'table (id uuid, name text)',
  body: `select u.id, u.name from app_user u join commons_audit_people(people) p on p.id = u.id`,
  grantedTo: 'commons_practice',
}

/**
 * The disclosures of one chart of the acting practice; of a patient, the own chart whatever is asked. What left the practice for anything
 * but treatment, payment and operations, six years back (45 CFR 164.528); records under 42 CFR Part 2 three years, for whatever (42 CFR 2.25).
 */
export const disclosures: DefinerFunction = {
  signature: 'commons_disclosures(chart uuid)',
  name: 'commons_disclosures(uuid)',
  returns: 'table (id uuid, at text, user_id uuid, membership_id uuid, role text, organization_id uuid, purpose text, subject text)',
  body: `select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.user_id, e.membership_id, e.role, e.organization_id, e.purpose, e.subject
           from audit_event e
          where e.practice_id = nullif(current_setting('commons.practice_id', true), '')::uuid
            and (purpose in ('shared', 'emergency', 'oversight') or subject = 'SensitiveRecord')
            and coalesce(nullif(current_setting('commons.patient_id', true), '')::uuid, chart) = any (e.subject_ids)
            and e.outcome = 'allowed' and e.organization_id is distinct from e.practice_id and e.subject <> 'AuditEvent'
            and e.at >= now() - case when e.subject = 'SensitiveRecord' and e.purpose not in ('shared', 'emergency', 'oversight') then interval '3 years' else interval '6 years' end
          order by e.at desc`,
  owner: 'commons_auditor',
  grantedTo: 'commons_practice, commons_patient',
}

/**
 * Looks at the acting patient's own chart by people and their programs, newest first, told as in `listLooks`: under which role and of which
 * organization, never who, and under an id that is none of the audit's.
 */
export const ownLooks: DefinerFunction = {
  signature: 'commons_own_looks(most integer)',
  name: 'commons_own_looks(integer)',
  returns:
    'table (id uuid, role text, organization_id uuid, purpose text, "from" timestamptz, until timestamptz, subjects text[], times integer)',
  body: `with seen as (
           select e.id, e.at, e.user_id, e.membership_id, e.role, e.organization_id, e.purpose, e.subject from audit_event e
            where e.practice_id = nullif(current_setting('commons.practice_id', true), '')::uuid
              and nullif(current_setting('commons.patient_id', true), '')::uuid = any (e.subject_ids)
              and e.outcome = 'allowed' and e.action in ('read', 'export') and e.subject <> 'AuditEvent'
              and e.user_id is not null and e.role is distinct from 'patient' and e.at >= now() - interval '6 years'
            order by e.at desc, e.id desc limit 2000),
         begun as (
           select s.*, (s.at - lag(s.at) over doing > interval '1 minute') as is_another from seen s
           window doing as (partition by s.user_id, s.membership_id, s.role, s.purpose order by s.at, s.id)),
         numbered as (
           select b.*, count(*) filter (where b.is_another) over (partition by b.user_id, b.membership_id, b.role, b.purpose order by b.at, b.id) as look
             from begun b)
         select md5((array_agg(n.id order by n.at desc, n.id desc))[1]::text)::uuid, n.role, n.organization_id, n.purpose, min(n.at), max(n.at),
                array_agg(distinct n.subject order by n.subject), count(*)::int
           from numbered n group by n.user_id, n.membership_id, n.role, n.organization_id, n.purpose, n.look
          order by max(n.at) desc, 1 desc limit most`,
  owner: 'commons_auditor',
  grantedTo: 'commons_patient',
}
