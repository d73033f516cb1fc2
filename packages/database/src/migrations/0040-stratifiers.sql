-- A measure's own stratifiers: where each membership counts by them, and scores by their strata.
alter table "measure_membership" add "strata" jsonb null;
alter table "stratum_score" add "stratifier" text null;
alter table "stratum_score" drop constraint "stratum_score_dimension_check";
alter table "stratum_score" add constraint "stratum_score_dimension_check" check (dimension in ('age', 'sex', 'zip3', 'stratifier'));
alter table "shown_stratum" add "stratifier" text null;
alter table "shown_stratum" drop constraint "shown_stratum_dimension_check";
alter table "shown_stratum" add constraint "shown_stratum_dimension_check" check (dimension in ('age', 'sex', 'zip3', 'stratifier'));
