-- What an hour of shared staff costs, and how a cost is split two ways: dated figures like those of need and capacity.
alter table "planning_figure" drop constraint "planning_figure_figure_check";
alter table "planning_figure" add constraint "planning_figure_figure_check" check (figure in ('enrolled-percent', 'minutes-tier-0', 'minutes-tier-1', 'minutes-tier-2', 'minutes-tier-3', 'minutes-tier-4', 'minutes-transition', 'travel-percent', 'meeting-minutes', 'training-minutes', 'supervision-minutes', 'team-people', 'team-minutes', 'hourly-cents-nurse', 'hourly-cents-social-worker', 'hourly-cents-pharmacist', 'hourly-cents-dietitian', 'hourly-cents-community-health-worker', 'hourly-cents-behavioral-health-specialist', 'hybrid-people-percent'));
-- Whoever owns the database but is no superuser writes rows while the policies do not hold for the owner.
alter table "planning_figure" no force row level security;
insert into planning_figure (id, figure, value, since, source, recorded_at)
select gen_random_uuid(), figure, value, '2024-01-01', 'Assumption: replace it by what payroll or the agreement says', '2026-01-01T00:00:00Z' from (values
  ('hourly-cents-nurse', 6000),
  ('hourly-cents-social-worker', 4500),
  ('hourly-cents-pharmacist', 7500),
  ('hourly-cents-dietitian', 4500),
  ('hourly-cents-community-health-worker', 3200),
  ('hourly-cents-behavioral-health-specialist', 5000),
  ('hybrid-people-percent', 50)
) as planned (figure, value);
alter table "planning_figure" force row level security;
