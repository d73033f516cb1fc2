create table "rate_count" ("key" text not null, "window_start" timestamptz not null, "points" int not null, primary key ("key", "window_start"));
alter table "rate_count" enable row level security;
alter table "rate_count" force row level security;
create policy "rate_count_door_all" on "rate_count" to "commons_door" using (true) with check (true);
