-- Whoever chose new ways in at one organization acts at the others once these have confirmed them.
alter table "membership" add "waits_since" timestamptz null;
-- Where nothing but labelled records came to a chart, its risk stays.
alter table "dirty_chart" add "labelled_only" boolean not null default false;
