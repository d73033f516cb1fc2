-- From which earlier run a practice's coming gaps are carried over.
alter table "coming_gap_state" add "carries" uuid null;
