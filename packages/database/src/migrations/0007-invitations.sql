create table "invitation" ("id" uuid not null, "organization_id" uuid not null, "role" text not null, "name" text not null, "email" text not null, "token_hash" bytea null, "invited_by" uuid not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "sent_at" timestamptz null, "mail_failed_at" timestamptz null, "accepted_at" timestamptz null, "accepted_as" uuid null, "revoked_at" timestamptz null, primary key ("id"));
alter table "invitation" add constraint "invitation_token_hash_unique" unique ("token_hash");
create unique index "invitation_open" on "invitation" ("organization_id", "email", "role") where accepted_at is null and revoked_at is null;
create table "kept_wish" ("user_id" uuid not null, "key" text not null, "wish_hash" bytea not null, "made_id" uuid not null, "at" timestamptz not null, primary key ("user_id", "key"));
create policy "job_own_invitation" on "job" for insert to "commons_practice" with check (((name = 'mail.invitation'::text) AND (practice_id IS NULL) AND (parent_id IS NULL) AND (EXISTS ( SELECT FROM invitation i
  WHERE (i.id = job.subject_id)))));
alter table "membership" add "last_signed_in_at" timestamptz null;
alter table "organization" add "version" int not null default 1;
alter table "invitation" enable row level security;
alter table "invitation" force row level security;
create policy "invitation_door_all" on "invitation" to "commons_door" using (true) with check (true);
create policy "invitation_worker_all" on "invitation" to "commons_worker" using (true) with check (true);
create policy "invitation_region_all" on "invitation" to "commons_region" using (true) with check (true);
create policy "invitation_own_organization_practice_all" on "invitation" to "commons_practice" using (organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) with check (organization_id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid);
alter table "kept_wish" enable row level security;
alter table "kept_wish" force row level security;
create policy "kept_wish_own_user_region_all" on "kept_wish" to "commons_region" using (user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) with check (user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid);
create policy "kept_wish_own_user_practice_all" on "kept_wish" to "commons_practice" using (user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) with check (user_id = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid);

alter table "invitation" add constraint "invitation_organization" foreign key ("organization_id") references "organization" ("id");
alter table "invitation" add constraint "invitation_invited_by" foreign key ("invited_by") references "membership" ("id");
alter table "invitation" add constraint "invitation_accepted_as" foreign key ("accepted_as") references "membership" ("id");
