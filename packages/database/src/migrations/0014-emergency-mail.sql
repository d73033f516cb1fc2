alter table "emergency_access" add "mailed_to" uuid[] not null default '{}', add "mailed_at" timestamptz null, add "mail_failed_at" timestamptz null;
create policy "job_own_emergency_practice" on "job" for insert to "commons_practice" with check (((name = 'mail.emergency'::text) AND (parent_id IS NULL) AND (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.id = job.subject_id) AND (e.practice_id = job.practice_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid))))));
create policy "job_own_emergency_care_manager" on "job" for insert to "commons_care_manager" with check (((name = 'mail.emergency'::text) AND (parent_id IS NULL) AND (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.id = job.subject_id) AND (e.practice_id = job.practice_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid))))));
