-- Whoever administers people lets one of them choose new ways to sign in: an invitation of somebody who has the membership already.
alter table "invitation" add "renews" uuid null;
alter table "invitation" add constraint "invitation_renews_membership" foreign key ("renews") references "membership" ("id");
create index "invitation_renews" on "invitation" ("renews");
drop index "invitation_open";
create unique index "invitation_open" on "invitation" ("organization_id", "email", "role") where renews is null and accepted_at is null and revoked_at is null;
drop index "invitation_open_chart";
create unique index "invitation_open_chart" on "invitation" ("organization_id", "patient_id") where patient_id is not null and renews is null and accepted_at is null and revoked_at is null;
create unique index "invitation_open_renewal" on "invitation" ("renews") where renews is not null and accepted_at is null and revoked_at is null;
drop policy "invitation_region_adds" on "invitation";
drop policy "invitation_practice_adds" on "invitation";
create policy "invitation_region_adds" on "invitation" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'region-administrator'::text) AND (invited_by = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (token_hash IS NULL) AND (accepted_at IS NULL) AND (revoked_at IS NULL) AND (((renews IS NULL) AND ((EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = invitation.organization_id) AND (((o.kind = 'coordinating-body'::text) AND (invitation.role = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text, 'workforce-manager'::text, 'identity-steward'::text, 'care-supervisor'::text, 'care-manager'::text, 'auditor'::text]))) OR ((o.kind = 'payer'::text) AND (invitation.role = 'payer-analyst'::text)))))) OR ((EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = invitation.organization_id) AND (((o.kind = 'practice'::text) AND (invitation.role = 'practice-administrator'::text)))))) AND (NOT (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.organization_id = invitation.organization_id) AND (h.role = 'practice-administrator'::text) AND (h.ended_at IS NULL) AND ((h.ends_on IS NULL) OR (h.ends_on >= CURRENT_DATE))))))))) OR ((EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = invitation.organization_id) AND (((o.kind = 'coordinating-body'::text) AND (invitation.role = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text, 'workforce-manager'::text, 'identity-steward'::text, 'care-supervisor'::text, 'care-manager'::text, 'auditor'::text]))) OR ((o.kind = 'payer'::text) AND (invitation.role = 'payer-analyst'::text)) OR ((o.kind = 'practice'::text) AND (invitation.role = 'practice-administrator'::text)))))) AND (EXISTS ( SELECT
   FROM (membership h
     JOIN app_user u ON ((u.id = h.user_id)))
  WHERE ((h.id = invitation.renews) AND (h.organization_id = invitation.organization_id) AND (h.role = invitation.role) AND (NOT (h.patient_id IS DISTINCT FROM invitation.patient_id)) AND (h.ended_at IS NULL) AND (h.user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (u.email = invitation.email))))))));
create policy "invitation_practice_adds" on "invitation" for insert to "commons_practice" with check (((organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (invited_by = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (token_hash IS NULL) AND (accepted_at IS NULL) AND (revoked_at IS NULL) AND (((renews IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (role = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text, 'practice-staff'::text]))) OR ((renews IS NULL) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['practice-administrator'::text, 'practice-staff'::text])) AND (role = 'patient'::text)) OR ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'practice-administrator'::text) AND (role = ANY (ARRAY['practice-administrator'::text, 'clinician'::text, 'practice-quality-lead'::text, 'practice-staff'::text, 'patient'::text])) AND (EXISTS ( SELECT
   FROM (membership h
     JOIN app_user u ON ((u.id = h.user_id)))
  WHERE ((h.id = invitation.renews) AND (h.organization_id = invitation.organization_id) AND (h.role = invitation.role) AND (NOT (h.patient_id IS DISTINCT FROM invitation.patient_id)) AND (h.ended_at IS NULL) AND (h.user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (u.email = invitation.email))))))));
create policy "job_door_adds" on "job" for insert to "commons_door" with check (((state = 'queued'::text) AND (name = 'mail.renewed'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (enqueued_at IS NULL) AND (EXISTS ( SELECT
   FROM invitation i
  WHERE ((i.id = job.subject_id) AND (i.renews IS NOT NULL) AND (i.accepted_at IS NOT NULL))))));
