-- A target is agreed on with the version of a measure and the years it holds for. Of what a score rests on it is told how many have any record of what the measure looks for, and of when the newest is; of scores so far nobody looked.
alter table "measure_term" add "target" numeric null;
alter table "measure_term" add constraint "measure_term_target" check (target > 0::numeric AND target < 1::numeric);
alter table "measure_membership" add "recorded_on" date null;
alter table "score" add "recorded" int null, add "recorded_until" date null;
