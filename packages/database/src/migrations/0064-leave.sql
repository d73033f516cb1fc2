-- Leave of shared staff, who covers it to the minute, and what is handed over.
drop function if exists commons_chart_audience(date);
alter table "care_assignment" add "from_at" timestamptz null, add "until_at" timestamptz null, add "cover_id" uuid null, add "covers_for" text null;
alter table "care_assignment" add constraint "care_assignment_cover" unique ("practice_id", "cover_id");
alter table "care_assignment" add constraint "care_assignment_moments" check (((from_at IS NULL) = (until_at IS NULL)));
create table "staff_leave" ("id" uuid not null, "membership_id" uuid not null, "person_name" text not null, "kind" text not null, "from_at" timestamptz not null, "until_at" timestamptz not null, "requested_by" uuid not null, "requested_at" timestamptz not null, "ended_at" timestamptz null, primary key ("id"));
create index "staff_leave_membership" on "staff_leave" ("membership_id");
alter table "staff_leave" add constraint "staff_leave_forward" check ((until_at > from_at));
alter table "staff_leave" add constraint "staff_leave_kind_check" check (kind in ('vacation', 'sick', 'parental', 'training', 'other'));
create table "leave_cover" ("id" uuid not null, "leave_id" uuid not null, "practice_id" uuid not null, "duty" text not null, "leaver_id" uuid not null, "leaver_name" text not null, "membership_id" uuid not null, "cover_name" text not null, "from_at" timestamptz not null, "until_at" timestamptz not null, "state" text not null, "proposed_by" uuid not null, "proposed_at" timestamptz not null, "answered_at" timestamptz null, primary key ("id"));
create unique index "leave_cover_open" on "leave_cover" ("leave_id", "practice_id") where (state = ANY (ARRAY['proposed'::text, 'accepted'::text]));
alter table "leave_cover" add constraint "leave_cover_state_check" check (state in ('proposed', 'accepted', 'declined', 'withdrawn'));
create table "staff_handoff" ("id" uuid not null, "cover_id" uuid not null, "practice_id" uuid not null, "leaver_id" uuid not null, "membership_id" uuid not null, "situation" text not null, "background" text not null, "open_items" text not null, "risks" text not null, "version" int not null, "written_by" uuid not null, "written_at" timestamptz not null, primary key ("id"));
alter table "staff_handoff" add constraint "staff_handoff_of_cover" unique ("practice_id", "cover_id");
create table "handoff_receipt" ("practice_id" uuid not null, "handoff_id" uuid not null, "version" int not null, "membership_id" uuid not null, "at" timestamptz not null, primary key ("practice_id", "handoff_id", "version"));
alter table "staff_leave" add constraint "staff_leave_of_membership" foreign key ("membership_id") references "membership" ("id");
alter table "leave_cover" add constraint "leave_cover_leave" foreign key ("leave_id") references "staff_leave" ("id");
alter table "care_assignment" add constraint "care_assignment_of_cover" foreign key ("cover_id") references "leave_cover" ("id");
alter table "staff_leave" enable row level security;
alter table "staff_leave" force row level security;
alter table "leave_cover" enable row level security;
alter table "leave_cover" force row level security;
alter table "staff_handoff" enable row level security;
alter table "staff_handoff" force row level security;
alter table "handoff_receipt" enable row level security;
alter table "handoff_receipt" force row level security;
create policy "staff_leave_worker_all" on "staff_leave" to "commons_worker" using (true) with check (true);
create policy "staff_leave_region_select" on "staff_leave" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])));
create policy "staff_leave_own_membership" on "staff_leave" for select to "commons_care_manager" using (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = staff_leave.membership_id)))));
create policy "staff_leave_region_adds" on "staff_leave" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = staff_leave.membership_id) AND (h.role = ANY (ARRAY['care-manager'::text, 'care-supervisor'::text])) AND (h.ended_at IS NULL))))));
create policy "staff_leave_care_manager_adds" on "staff_leave" for insert to "commons_care_manager" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (person_name = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid))) AND (membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid)));
create policy "staff_leave_region_changes" on "staff_leave" for update to "commons_region" using ((ended_at IS NULL)) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])) AND (ended_at IS NOT NULL)));
create policy "staff_leave_care_manager_changes" on "staff_leave" for update to "commons_care_manager" using (((ended_at IS NULL) AND (membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])) AND (ended_at IS NOT NULL) AND (membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid)));
create policy "leave_cover_worker_all" on "leave_cover" to "commons_worker" using (true) with check (true);
create policy "leave_cover_region_select" on "leave_cover" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text, 'care-supervisor'::text, 'care-manager'::text])));
create policy "leave_cover_own_membership" on "leave_cover" for select to "commons_care_manager" using ((((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = leave_cover.membership_id)))) OR ((leaver_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = leave_cover.leaver_id))))));
create policy "leave_cover_region_adds" on "leave_cover" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (proposed_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'proposed'::text) AND (answered_at IS NULL) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = leave_cover.membership_id) AND (h.role = ANY (ARRAY['care-manager'::text, 'care-supervisor'::text])) AND (h.ended_at IS NULL)))) AND (EXISTS ( SELECT
   FROM staff_leave l
  WHERE ((l.id = leave_cover.leave_id) AND (l.membership_id = leave_cover.leaver_id) AND (l.membership_id <> leave_cover.membership_id) AND (l.ended_at IS NULL) AND (l.from_at = leave_cover.from_at) AND (l.until_at = leave_cover.until_at)))) AND (NOT (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = leave_cover.membership_id) AND (h.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))))));
create policy "leave_cover_region_changes" on "leave_cover" for update to "commons_region" using ((state = ANY (ARRAY['proposed'::text, 'accepted'::text]))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (state = 'withdrawn'::text)));
create policy "leave_cover_care_manager_changes" on "leave_cover" for update to "commons_care_manager" using (((state = 'proposed'::text) AND (membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid))) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text])) AND (membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (state = ANY (ARRAY['accepted'::text, 'declined'::text]))));
drop policy "care_assignment_region_adds" on "care_assignment";
create policy "care_assignment_region_adds" on "care_assignment" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (created_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (cover_id IS NULL) AND (EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = care_assignment.membership_id) AND (h.role = ANY (ARRAY['care-manager'::text, 'care-supervisor'::text])) AND (h.ended_at IS NULL) AND (h.user_id <> (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)))) AND (EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = care_assignment.practice_id) AND (o.kind = 'practice'::text))))));
create policy "care_assignment_care_manager_adds" on "care_assignment" for insert to "commons_care_manager" with check (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (created_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (ended_at IS NULL) AND (kind = 'cover'::text) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text])) AND (EXISTS ( SELECT
   FROM leave_cover c
  WHERE ((c.id = care_assignment.cover_id) AND (c.membership_id = care_assignment.membership_id) AND (c.practice_id = care_assignment.practice_id) AND (c.from_at = care_assignment.from_at) AND (c.until_at = care_assignment.until_at) AND (c.state = 'accepted'::text))))));
create policy "staff_handoff_own_membership" on "staff_handoff" for select to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = staff_handoff.membership_id)))) OR ((leaver_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = staff_handoff.leaver_id)))))));
create policy "staff_handoff_care_manager_adds" on "staff_handoff" for insert to "commons_care_manager" with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (leaver_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (written_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text])) AND (EXISTS ( SELECT
   FROM leave_cover c
  WHERE ((c.id = staff_handoff.cover_id) AND (c.practice_id = staff_handoff.practice_id) AND (c.leaver_id = staff_handoff.leaver_id) AND (c.membership_id = staff_handoff.membership_id) AND (c.state = 'accepted'::text))))));
create policy "staff_handoff_care_manager_changes" on "staff_handoff" for update to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (leaver_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid))) with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (leaver_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text]))));
create policy "handoff_receipt_own_membership" on "handoff_receipt" for select to "commons_care_manager" using (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (EXISTS ( SELECT
   FROM staff_handoff h
  WHERE ((h.id = handoff_receipt.handoff_id) AND (h.practice_id = handoff_receipt.practice_id))))));
create policy "handoff_receipt_care_manager_adds" on "handoff_receipt" for insert to "commons_care_manager" with check (((practice_id = ANY (( SELECT (nullif(current_setting('commons.practice_ids'::text, true), ''::text))::uuid[] AS "nullif")::uuid[])) AND (membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['care-supervisor'::text, 'care-manager'::text])) AND (EXISTS ( SELECT
   FROM staff_handoff h
  WHERE ((h.id = handoff_receipt.handoff_id) AND (h.practice_id = handoff_receipt.practice_id))))));
