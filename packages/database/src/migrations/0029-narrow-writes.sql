-- Who writes rows of people at work: each database role what the role pages behind it permit, and no more.
drop policy "agreement_own_organization_practice_insert" on "agreement";
drop policy "agreement_region_insert" on "agreement";
drop policy "app_user_region_insert" on "app_user";
drop policy "care_assignment_region_all" on "care_assignment";
drop policy "deck_check_region_insert" on "deck_check";
drop policy "draft_trial_region_insert" on "draft_trial";
drop policy "invitation_own_organization_practice_all" on "invitation";
drop policy "invitation_region_all" on "invitation";
drop policy "job_region_insert" on "job";
drop policy "measure_draft_region_all" on "measure_draft";
drop policy "measure_package_region_insert" on "measure_package";
drop policy "measure_package_region_update" on "measure_package";
drop policy "measure_term_region_insert" on "measure_term";
drop policy "membership_own_organization_practice_update" on "membership";
drop policy "membership_region_all" on "membership";
drop policy "metric_run_region_insert" on "metric_run";
drop policy "organization_region_insert" on "organization";
drop policy "organization_region_update" on "organization";
drop policy "package_comparison_region_insert" on "package_comparison";
drop policy "system_client_door_update" on "system_client";
drop policy "system_client_region_insert" on "system_client";
drop policy "system_client_region_update" on "system_client";
create policy "agreement_region_adds" on "agreement" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (manner = 'paper'::text)));
create policy "agreement_practice_adds" on "agreement" for insert to "commons_practice" with check (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (manner = 'electronic'::text)));
create policy "app_user_region_adds" on "app_user" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (email ~~ '%@systems.invalid'::text)));
create policy "care_assignment_region_select" on "care_assignment" for select to "commons_region" using (true);
create policy "care_assignment_region_adds" on "care_assignment" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (created_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = care_assignment.membership_id) AND (h.role = ANY (ARRAY['care-manager'::text, 'care-supervisor'::text])) AND (h.ended_at IS NULL) AND (h.user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = care_assignment.practice_id) AND (o.kind = 'practice'::text))))));
create policy "care_assignment_region_changes" on "care_assignment" for update to "commons_region" using ((ended_at IS NULL)) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (ended_at IS NOT NULL)));
create policy "deck_check_region_adds" on "deck_check" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text)));
create policy "draft_trial_region_adds" on "draft_trial" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text)));
create policy "invitation_region_select" on "invitation" for select to "commons_region" using (role <> 'patient'::text);
create policy "invitation_own_organization_practice_select" on "invitation" for select to "commons_practice" using (organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid);
create policy "invitation_region_adds" on "invitation" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (invited_by = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (token_hash IS NULL) AND (accepted_at IS NULL) AND (revoked_at IS NULL) AND ((EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = invitation.organization_id) AND (((o.kind = 'coordinating-body'::text) AND (invitation.role = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text, 'workforce-manager'::text, 'identity-steward'::text, 'care-supervisor'::text, 'care-manager'::text, 'auditor'::text]))) OR ((o.kind = 'payer'::text) AND (invitation.role = 'payer-analyst'::text)))))) OR ((EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = invitation.organization_id) AND (((o.kind = 'practice'::text) AND (invitation.role = 'practice-administrator'::text)))))) AND (NOT (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.organization_id = invitation.organization_id) AND (h.role = 'practice-administrator'::text) AND (h.ended_at IS NULL) AND ((h.ends_on IS NULL) OR (h.ends_on >= CURRENT_DATE))))))))));
create policy "invitation_region_changes" on "invitation" for update to "commons_region" using (((role <> 'patient'::text) AND (accepted_at IS NULL) AND (revoked_at IS NULL))) with check (((role <> 'patient'::text) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text)));
create policy "invitation_practice_adds" on "invitation" for insert to "commons_practice" with check (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (invited_by = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (token_hash IS NULL) AND (accepted_at IS NULL) AND (revoked_at IS NULL) AND (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (role = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text, 'practice-staff'::text]))) OR ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'practice-staff'::text])) AND (role = 'patient'::text)))));
create policy "invitation_practice_changes" on "invitation" for update to "commons_practice" using (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (accepted_at IS NULL) AND (revoked_at IS NULL))) with check (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (role <> 'patient'::text)) OR ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'practice-staff'::text])) AND (role = 'patient'::text)))));
create policy "job_region_adds" on "job" for insert to "commons_region" with check (((state = 'queued'::text) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (((name = 'mail.invitation'::text) AND (practice_id IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text)) OR ((name = 'measures.run'::text) AND (practice_id IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text]))) OR ((name = ANY (ARRAY['packages.try-draft'::text, 'packages.compare'::text, 'packages.check-deck'::text])) AND (practice_id IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text)) OR ((name = 'record.label'::text) AND (practice_id = subject_id) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text)))));
create policy "measure_draft_region_select" on "measure_draft" for select to "commons_region" using (true);
create policy "measure_draft_region_adds" on "measure_draft" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (updated_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
create policy "measure_draft_region_changes" on "measure_draft" for update to "commons_region" using (true) with check ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text));
create policy "measure_package_region_adds" on "measure_package" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (loaded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
create policy "measure_package_region_changes" on "measure_package" for update to "commons_region" using (true) with check ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text));
create policy "measure_term_region_adds" on "measure_term" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (agreed_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
create policy "membership_region_select" on "membership" for select to "commons_region" using (role <> 'patient'::text);
create policy "membership_region_adds" on "membership" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (ended_at IS NULL) AND (patient_id IS NULL) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = membership.organization_id) AND (((o.kind = 'practice'::text) AND (membership.role = 'feed-system'::text)) OR ((o.kind = 'payer'::text) AND (membership.role = 'payer-system'::text))))))));
create policy "membership_region_changes" on "membership" for update to "commons_region" using (((role <> 'patient'::text) AND (ended_at IS NULL))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (role <> 'patient'::text) AND (user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (((ended_at IS NOT NULL) AND (role = ( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id)))) OR ((( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id)) = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text, 'workforce-manager'::text, 'identity-steward'::text, 'care-supervisor'::text, 'care-manager'::text, 'auditor'::text, 'payer-analyst'::text])) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = membership.organization_id) AND (((o.kind = 'coordinating-body'::text) AND (membership.role = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text, 'workforce-manager'::text, 'identity-steward'::text, 'care-supervisor'::text, 'care-manager'::text, 'auditor'::text]))) OR ((o.kind = 'payer'::text) AND (membership.role = 'payer-analyst'::text))))))))));
create policy "membership_practice_changes" on "membership" for update to "commons_practice" using (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL))) with check (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (role = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text, 'practice-staff'::text])) AND (( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id)) = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text, 'practice-staff'::text]))) OR ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'practice-staff'::text])) AND (role = 'patient'::text) AND (( SELECT was.role
   FROM membership was
  WHERE (was.id = membership.id)) = 'patient'::text) AND (ended_at IS NOT NULL)))));
create policy "metric_run_region_adds" on "metric_run" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text])) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text)));
create policy "organization_region_adds" on "organization" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (kind <> 'coordinating-body'::text) AND (active_since IS NULL)));
create policy "organization_region_changes" on "organization" for update to "commons_region" using (true) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND agreed));
create policy "package_comparison_region_adds" on "package_comparison" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-analyst'::text) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text)));
create policy "system_client_region_adds" on "system_client" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (created_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL)));
create policy "system_client_region_changes" on "system_client" for update to "commons_region" using ((ended_at IS NULL)) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (ended_at IS NOT NULL)));
create policy "system_client_door_changes" on "system_client" for update to "commons_door" using (true) with check (true);

-- Takes the caller's name from the session; made anew with the privileges.
drop function if exists commons_break_glass(uuid, text, text, date, text, text);
