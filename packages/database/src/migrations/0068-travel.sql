-- Minutes on the road between towns, as dated rows.
create table "travel_time" ("id" uuid not null, "one_town" text not null, "other_town" text not null, "minutes" smallint not null, "since" date not null, "recorded_by" uuid null, "recorded_at" timestamptz not null, primary key ("id"));
alter table "travel_time" add constraint "travel_time_pair" check (((one_town COLLATE "C") < other_town));
alter table "travel_time" add constraint "travel_time_minutes_check" check (((minutes >= 0) AND (minutes <= 600)));
alter table "travel_time" enable row level security;
alter table "travel_time" force row level security;
create policy "travel_time_worker_all" on "travel_time" to "commons_worker" using (true) with check (true);
create policy "travel_time_region_select" on "travel_time" for select to "commons_region" using (true);
create policy "travel_time_region_adds" on "travel_time" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
