-- What a payer is shown of a period is decided beside all that it was ever shown of it: a row with too few changes keeps the figures that it had.
alter table "payer_performance" add column "figures_of" uuid null;
alter table "payer_performance" no force row level security;
update "payer_performance" set "figures_of" = "run_id" where not "hidden";
alter table "payer_performance" force row level security;
