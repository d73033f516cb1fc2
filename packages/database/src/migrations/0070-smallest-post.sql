-- The smallest post that somebody takes: what a practice cannot do with less of alone.
alter table "planning_figure" drop constraint "planning_figure_figure_check";
alter table "planning_figure" add constraint "planning_figure_figure_check" check (figure in ('enrolled-percent', 'minutes-tier-0', 'minutes-tier-1', 'minutes-tier-2', 'minutes-tier-3', 'minutes-tier-4', 'minutes-transition', 'travel-percent', 'meeting-minutes', 'training-minutes', 'supervision-minutes', 'team-people', 'team-minutes', 'hourly-cents-nurse', 'hourly-cents-social-worker', 'hourly-cents-pharmacist', 'hourly-cents-dietitian', 'hourly-cents-community-health-worker', 'hourly-cents-behavioral-health-specialist', 'hybrid-people-percent', 'smallest-post-percent'));
-- Whoever owns the database but is no superuser writes rows while the policies do not hold for the owner.
alter table "planning_figure" no force row level security;
insert into planning_figure (id, figure, value, since, source, recorded_at)
values (gen_random_uuid(), 'smallest-post-percent', 50, '2024-01-01', 'Assumption: nobody is hired for less than half of full time', '2026-01-01T00:00:00Z');
alter table "planning_figure" force row level security;
