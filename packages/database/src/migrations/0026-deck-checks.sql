-- A package's published test cases, as an analyst runs them.
create table "deck_check" ("id" uuid not null, "package_hash" text not null, "name" text not null, "deck" bytea null, "state" text not null, "cases_total" int null, "cases_done" int not null default 0, "passed" int not null default 0, "failed" int not null default 0, "undecided" int not null default 0, "outcomes" text null, "requested_by" uuid not null, "requested_at" timestamptz not null, "finished_at" timestamptz null, "failure" text null, primary key ("id"));
alter table "deck_check" add constraint "deck_check_state_check" check (state in ('queued', 'running', 'done', 'failed'));
create index "deck_check_package" on "deck_check" ("package_hash");
alter table "deck_check" enable row level security;
alter table "deck_check" force row level security;
create policy "deck_check_worker_all" on "deck_check" to "commons_worker" using (true) with check (true);
create policy "deck_check_region_select" on "deck_check" for select to "commons_region" using (true);
create policy "deck_check_region_insert" on "deck_check" for insert to "commons_region" with check (true);
alter table "deck_check" add constraint "deck_check_of" foreign key ("package_hash") references "measure_package" ("hash");
alter table "deck_check" add constraint "deck_check_requester" foreign key ("requested_by") references "app_user" ("id");
