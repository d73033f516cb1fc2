-- What is written about a chart, about organizations and about people: each database role what the role pages permit, in the own name.
drop policy "organization_region_changes" on "organization";
drop policy "app_user_region_select" on "app_user";
drop policy "membership_region_adds" on "membership";
drop policy "membership_region_changes" on "membership";
drop policy "membership_practice_changes" on "membership";
drop policy "consent_own_practice_insert" on "consent";
drop policy "consent_own_practice_update" on "consent";
drop policy "consent_assigned_practices_insert" on "consent";
drop policy "consent_assigned_practices_update" on "consent";
drop policy "share_grant_own_practice_insert" on "share_grant";
drop policy "share_grant_own_practice_update" on "share_grant";
drop policy "emergency_access_own_practice_insert" on "emergency_access";
drop policy "emergency_access_assigned_practices_insert" on "emergency_access";
drop policy "emergency_access_own_practice_update" on "emergency_access";
drop policy "job_own_invitation" on "job";
drop policy "system_client_region_adds" on "system_client";
drop policy "emergency_bar_own_practice_insert" on "emergency_bar";
drop policy "emergency_bar_own_practice_update" on "emergency_bar";
drop policy "gap_exception_own_practice_insert" on "gap_exception";
drop policy "gap_exception_own_practice_update" on "gap_exception";
create policy "app_user_region_select" on "app_user" for select to "commons_region" using (((EXISTS ( SELECT
   FROM membership m
  WHERE (m.user_id = app_user.id))) OR (email ~~ '%@systems.invalid'::text)));
create policy "app_user_myself" on "app_user" for select to "commons_care_manager" using (id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid);
create policy "membership_region_adds" on "membership" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (ended_at IS NULL) AND (patient_id IS NULL) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = membership.organization_id) AND (((o.kind = 'practice'::text) AND (membership.role = 'feed-system'::text)) OR ((o.kind = 'payer'::text) AND (membership.role = 'payer-system'::text)))))) AND (EXISTS ( SELECT
   FROM app_user u
  WHERE ((u.id = membership.user_id) AND (u.email ~~ '%@systems.invalid'::text))))));
create policy "membership_region_changes" on "membership" for update to "commons_region" using (((role <> 'patient'::text) AND (ended_at IS NULL))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (role <> 'patient'::text) AND (user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id)) = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text, 'workforce-manager'::text, 'identity-steward'::text, 'care-supervisor'::text, 'care-manager'::text, 'auditor'::text, 'payer-analyst'::text])) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = membership.organization_id) AND (((o.kind = 'coordinating-body'::text) AND (membership.role = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text, 'workforce-manager'::text, 'identity-steward'::text, 'care-supervisor'::text, 'care-manager'::text, 'auditor'::text]))) OR ((o.kind = 'payer'::text) AND (membership.role = 'payer-analyst'::text))))))));
create policy "membership_practice_changes" on "membership" for update to "commons_practice" using (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL))) with check (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (role = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text, 'practice-staff'::text])) AND (( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id)) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text, 'practice-staff'::text]))) OR ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'practice-staff'::text])) AND (role = 'patient'::text) AND (( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id)) = 'patient'::text) AND (ended_at IS NOT NULL)))));
create policy "consent_practice_adds" on "consent" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (recorded_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (((category IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-staff'::text]))) OR ((category IS NOT NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))))));
create policy "consent_practice_changes" on "consent" for update to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (((category IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))) OR ((category IS NOT NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text])))))) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((ended_at IS NOT NULL) AND (ended_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (((category IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))) OR ((category IS NOT NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))))));
create policy "consent_care_manager_adds" on "consent" for insert to "commons_care_manager" with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (ended_at IS NULL) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (recorded_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (((category IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))) OR ((category IS NOT NULL) AND (recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))))));
create policy "consent_care_manager_changes" on "consent" for update to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (ended_at IS NULL) AND (((category IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))) OR ((category IS NOT NULL) AND (recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text])))))) with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND ((ended_at IS NOT NULL) AND (ended_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (((category IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))) OR ((category IS NOT NULL) AND (recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))))));
create policy "share_grant_practice_adds" on "share_grant" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (granted_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (granted_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text])) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = share_grant.recipient_id) AND (o.kind = 'practice'::text) AND (o.active_since IS NOT NULL))))));
create policy "share_grant_practice_changes" on "share_grant" for update to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL))) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((ended_at IS NOT NULL) AND (ended_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))));
create policy "emergency_access_practice_changes" on "emergency_access" for update to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (contested_at IS NULL))) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NOT NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (((contested_at IS NULL) AND (contested_by_name IS NULL) AND (contest_words IS NULL)) OR ((contested_at IS NOT NULL) AND (contest_words IS NOT NULL) AND (contested_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))))));
create policy "job_practice_adds" on "job" for insert to "commons_practice" with check (((state = 'queued'::text) AND (name = 'mail.invitation'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM invitation i
  WHERE ((i.id = job.subject_id) AND (((i.role <> 'patient'::text) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text)) OR ((i.role = 'patient'::text) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'practice-staff'::text])))))))));
create policy "system_client_region_adds" on "system_client" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (created_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = system_client.membership_id) AND (h.ended_at IS NULL) AND (h.role = ANY (ARRAY['feed-system'::text, 'payer-system'::text])))))));
create policy "emergency_bar_practice_adds" on "emergency_bar" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (lifted_at IS NULL) AND (set_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (EXISTS ( SELECT
   FROM emergency_access e
  WHERE ((e.practice_id = emergency_bar.practice_id) AND (e.patient_id = emergency_bar.patient_id) AND (e.user_id = emergency_bar.user_id) AND (e.contested_at IS NOT NULL))))));
create policy "emergency_bar_practice_changes" on "emergency_bar" for update to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (lifted_at IS NULL))) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (lifted_at IS NOT NULL) AND (lifted_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text)));
create policy "gap_exception_practice_adds" on "gap_exception" for insert to "commons_practice" with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (recorded_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))));
create policy "gap_exception_practice_changes" on "gap_exception" for update to "commons_practice" using (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND ((sensitivity IS NULL) OR ((current_setting('commons.sensitive'::text, true) = 'on'::text) AND ((EXISTS ( SELECT FROM consent c
  WHERE ((c.practice_id = gap_exception.practice_id) AND (c.patient_id = gap_exception.patient_id) AND (c.category = gap_exception.sensitivity) AND (c.recipient_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (c.ended_at IS NULL) AND ((c.expires_at IS NULL) OR (c.expires_at > now()))))) OR (EXISTS ( SELECT FROM emergency_access e
  WHERE ((e.practice_id = gap_exception.practice_id) AND (e.patient_id = gap_exception.patient_id) AND (e.membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (e.ended_at IS NULL) AND ((e.expires_at IS NULL) OR (e.expires_at > now())))))))))) with check (((practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid) AND ((ended_at IS NOT NULL) AND (ended_by_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text]))));
-- A payer sees published runs, and nothing of the one that follows records.
drop policy "metric_run_payer_select" on "metric_run";
create policy "metric_run_payer_select" on "metric_run" for select to "commons_payer" using (((state = 'published'::text) AND (live_of IS NULL)));
-- What a chart stood at when people were last told that it moved: of sensitive records alone they are not.
alter table "changed_chart" add column "told" bigint null;
