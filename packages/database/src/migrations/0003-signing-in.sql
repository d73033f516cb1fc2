create table "passkey" ("id" uuid not null, "user_id" uuid not null, "credential_id" text not null, "public_key" bytea not null, "sign_count" bigint not null, "transports" text[] not null, "label" text not null, "created_at" timestamptz not null, "last_used_at" timestamptz null, primary key ("id"));
create index "passkey_user" on "passkey" ("user_id");
alter table "passkey" add constraint "passkey_credential_id_unique" unique ("credential_id");
create table "recovery_code" ("code_hash" bytea not null, "user_id" uuid not null, primary key ("code_hash"));
create index "recovery_code_user" on "recovery_code" ("user_id");
create table "sign_in_challenge" ("token_hash" bytea not null, "purpose" text not null, "user_id" uuid null, "nonce" text null, "secret" bytea null, "expires_at" timestamptz not null, primary key ("token_hash"));
create table "totp_authenticator" ("id" uuid not null, "user_id" uuid not null, "label" text not null, "secret" bytea not null, "last_step" bigint not null, "created_at" timestamptz not null, "last_used_at" timestamptz null, primary key ("id"));
create index "totp_authenticator_user" on "totp_authenticator" ("user_id");
-- Until now every password was made by the command line, 23 characters long.
alter table "password_credential" add "stands_alone" boolean not null default true;
alter table "password_credential" alter column "stands_alone" drop default;
-- Sessions of before have no name and no proof to date; their people sign in again.
truncate "session";
alter table "session" add "id" uuid not null, add "authenticated_at" timestamptz not null, add "browser" text not null, add "network" text not null;
alter table "session" add constraint "session_id_unique" unique ("id");
create index "session_user" on "session" ("user_id");
alter table "passkey" enable row level security;
alter table "passkey" force row level security;
create policy "passkey_door_all" on "passkey" to "commons_door" using (true) with check (true);
create policy "passkey_worker_all" on "passkey" to "commons_worker" using (true) with check (true);
alter table "recovery_code" enable row level security;
alter table "recovery_code" force row level security;
create policy "recovery_code_door_all" on "recovery_code" to "commons_door" using (true) with check (true);
create policy "recovery_code_worker_all" on "recovery_code" to "commons_worker" using (true) with check (true);
alter table "sign_in_challenge" add constraint "sign_in_challenge_purpose_check" check (purpose in ('second-factor', 'passkey', 'enrolment', 'invitation'));
alter table "sign_in_challenge" enable row level security;
alter table "sign_in_challenge" force row level security;
create policy "sign_in_challenge_door_all" on "sign_in_challenge" to "commons_door" using (true) with check (true);
create policy "sign_in_challenge_worker_all" on "sign_in_challenge" to "commons_worker" using (true) with check (true);
alter table "totp_authenticator" enable row level security;
alter table "totp_authenticator" force row level security;
create policy "totp_authenticator_door_all" on "totp_authenticator" to "commons_door" using (true) with check (true);
create policy "totp_authenticator_worker_all" on "totp_authenticator" to "commons_worker" using (true) with check (true);

alter table "passkey" add constraint "passkey_user_id" foreign key ("user_id") references "app_user" ("id");
alter table "totp_authenticator" add constraint "totp_authenticator_user_id" foreign key ("user_id") references "app_user" ("id");
alter table "recovery_code" add constraint "recovery_code_user_id" foreign key ("user_id") references "app_user" ("id");
alter table "session" add constraint "session_user_id" foreign key ("user_id") references "app_user" ("id");
