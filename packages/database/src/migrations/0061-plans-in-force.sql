-- Plans that were put in force, and what they did to assignments.
create table "staff_plan_application" ("id" uuid not null, "plan_id" uuid not null, "starts_on" date not null, "applied_by" uuid not null, "applied_by_name" text not null, "applied_at" timestamptz not null, "undone_by" uuid null, "undone_by_name" text null, "undone_at" timestamptz null, primary key ("id"));
create unique index "staff_plan_applied" on "staff_plan_application" ("plan_id") where (undone_at IS NULL);
alter table "staff_plan_application" add constraint "staff_plan_application_ahead" check (((starts_on >= (applied_at AT TIME ZONE 'UTC'::text)::date)));
alter table "staff_plan_application" add constraint "staff_plan_application_undone" check (((undone_at IS NULL) = (undone_by IS NULL)));
alter table "staff_plan_application" enable row level security;
alter table "staff_plan_application" force row level security;
create table "staff_plan_change" ("application_id" uuid not null, "assignment_id" uuid not null, "kind" text not null, "ends_on" date null, primary key ("application_id", "assignment_id"));
create index "staff_plan_change_assignment" on "staff_plan_change" ("assignment_id");
alter table "staff_plan_change" add constraint "staff_plan_change_kind_check" check (kind in ('shortened', 'cancelled', 'begun'));
alter table "staff_plan_change" enable row level security;
alter table "staff_plan_change" force row level security;
create policy "staff_plan_application_worker_all" on "staff_plan_application" to "commons_worker" using (true) with check (true);
create policy "staff_plan_application_region_select" on "staff_plan_application" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text));
create policy "staff_plan_application_region_adds" on "staff_plan_application" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text) AND (applied_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (undone_at IS NULL) AND (EXISTS ( SELECT
   FROM staff_plan s
  WHERE ((s.id = staff_plan_application.plan_id) AND (s.state = 'done'::text) AND (s.starts_on = staff_plan_application.starts_on))))));
create policy "staff_plan_application_region_changes" on "staff_plan_application" for update to "commons_region" using ((undone_at IS NULL)) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text) AND (undone_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (undone_at IS NOT NULL)));
create policy "staff_plan_change_worker_all" on "staff_plan_change" to "commons_worker" using (true) with check (true);
create policy "staff_plan_change_region_select" on "staff_plan_change" for select to "commons_region" using ((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text));
create policy "staff_plan_change_region_adds" on "staff_plan_change" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text) AND (EXISTS ( SELECT
   FROM staff_plan_application p
  WHERE ((p.id = staff_plan_change.application_id) AND (p.applied_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (p.undone_at IS NULL)))) AND (EXISTS ( SELECT
   FROM care_assignment a
  WHERE ((a.id = staff_plan_change.assignment_id) AND (a.ended_at IS NULL) AND (NOT (a.ends_on IS DISTINCT FROM staff_plan_change.ends_on)))))));
create policy "care_assignment_region_days" on "care_assignment" for update to "commons_region" using ((ended_at IS NULL)) with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = 'workforce-manager'::text) AND (ended_at IS NULL) AND (EXISTS ( SELECT
   FROM (staff_plan_change c
     JOIN staff_plan_application p ON ((p.id = c.application_id)))
  WHERE ((c.assignment_id = care_assignment.id) AND (c.kind = 'shortened'::text) AND (((p.undone_at IS NULL) AND (care_assignment.ends_on = (p.starts_on - 1)) AND ((c.ends_on IS NULL) OR (c.ends_on >= p.starts_on))) OR ((p.undone_at IS NOT NULL) AND (NOT (care_assignment.ends_on IS DISTINCT FROM c.ends_on)))))))));
