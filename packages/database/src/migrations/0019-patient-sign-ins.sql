alter table "invitation" add "patient_id" uuid null;
create unique index "invitation_open_chart" on "invitation" ("organization_id", "patient_id") where patient_id is not null and accepted_at is null and revoked_at is null;
alter table "invitation" add constraint "invitation_patient_id_check" check ((role = 'patient') = (patient_id is not null));
create unique index "membership_own_chart_live" on "membership" ("organization_id", "patient_id") where patient_id is not null and ended_at is null;
-- That somebody is a patient is not the region's to know.
drop policy "app_user_region_select" on "app_user";
drop policy "invitation_region_all" on "invitation";
drop policy "membership_region_all" on "membership";
create policy "app_user_region_select" on "app_user" for select to "commons_region" using (EXISTS ( SELECT FROM membership m
  WHERE (m.user_id = app_user.id)));
create policy "invitation_region_all" on "invitation" to "commons_region" using (role <> 'patient'::text) with check (role <> 'patient'::text);
create policy "membership_region_all" on "membership" to "commons_region" using (role <> 'patient'::text) with check (role <> 'patient'::text);

alter table "invitation" add constraint "invitation_chart" foreign key ("organization_id", "patient_id") references "patient" ("practice_id", "id");
