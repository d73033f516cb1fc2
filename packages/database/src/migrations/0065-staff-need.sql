-- What need and capacity of the shared staff are worked out with: dated figures with their sources.
create table "planning_figure" ("id" uuid not null, "figure" text not null, "value" int not null, "since" date not null, "source" text not null, "recorded_by" uuid null, "recorded_at" timestamptz not null, primary key ("id"));
alter table "planning_figure" add constraint "planning_figure_figure_check" check (figure in ('enrolled-percent', 'minutes-tier-0', 'minutes-tier-1', 'minutes-tier-2', 'minutes-tier-3', 'minutes-tier-4', 'minutes-transition', 'travel-percent', 'meeting-minutes', 'training-minutes', 'supervision-minutes', 'team-people', 'team-minutes'));
alter table "planning_figure" enable row level security;
create policy "planning_figure_worker_all" on "planning_figure" to "commons_worker" using (true) with check (true);
create policy "planning_figure_region_select" on "planning_figure" for select to "commons_region" using (true);
create policy "planning_figure_practice_select" on "planning_figure" for select to "commons_practice" using (true);
create policy "planning_figure_region_adds" on "planning_figure" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (m.organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'workforce-manager'::text])) AND (recorded_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid)));
-- A working week is 2,400 minutes less the ones below: 1,920, or 8,320 a month.
insert into planning_figure (id, figure, value, since, source, recorded_at)
select gen_random_uuid(), figure, value, '2024-01-01', source, '2026-01-01T00:00:00Z' from (values
  ('enrolled-percent', 40, 'Of eligible people 40% enroll: field survey of chronic care management'),
  ('minutes-tier-0', 0, 'Not managed as a case (Michigan MiPCT manages moderate and complex risk)'),
  ('minutes-tier-1', 0, 'Not managed as a case (Michigan MiPCT manages moderate and complex risk)'),
  ('minutes-tier-2', 0, 'Not managed as a case (Michigan MiPCT manages moderate and complex risk)'),
  ('minutes-tier-3', 88, 'Michigan MiPCT: 90 to 100 active people of moderate risk a manager, 8,320 working minutes a month'),
  ('minutes-tier-4', 208, 'Michigan MiPCT: 30 to 50 active people of complex risk a manager, 8,320 working minutes a month'),
  ('minutes-transition', 60, 'Assumption: replace it by what the region measures'),
  ('travel-percent', 10, 'Assumption: replace it by what the region measures'),
  ('meeting-minutes', 120, 'Assumption: replace it by what the region measures'),
  ('training-minutes', 60, 'Assumption: replace it by what the region measures'),
  ('supervision-minutes', 60, 'Assumption: replace it by what the region measures'),
  ('team-people', 5000, 'Michigan MiPCT: a manager of moderate and one of complex risk per 5,000 patients'),
  ('team-minutes', 4800, 'Michigan MiPCT: a manager of moderate and one of complex risk per 5,000 patients')
) as planned (figure, value, source);
-- Last: whoever owns the database but is no superuser writes the figures above.
alter table "planning_figure" force row level security;
