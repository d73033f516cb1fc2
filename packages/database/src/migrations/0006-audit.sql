-- The audit by month. An owner that is no superuser meets forced policies too: the new table gets its wall after the rows are in.
alter table "audit_event" no force row level security;
alter table "audit_event" rename to "audit_event_before";
alter table "audit_event_before" rename constraint "audit_event_pkey" to "audit_event_before_pkey";
drop index "audit_event_practice";
create table "audit_event" ("at" timestamptz not null, "id" uuid not null, "user_id" uuid null, "membership_id" uuid null, "role" text null, "organization_id" uuid null, "purpose" text not null, "practice_id" uuid null, "action" text not null, "subject" text not null, "subject_ids" uuid[] not null, "outcome" text not null, "correlation_id" uuid not null, "xid" xid8 not null default pg_current_xact_id(), primary key ("at", "id")) partition by range ("at");
-- Takes what no month takes. Months are made ahead by commons_make_audit_months().
create table "audit_event_rest" partition of "audit_event" default;
create index "audit_event_practice" on "audit_event" ("practice_id", "at");
create index "audit_event_xid" on "audit_event" ("xid");
alter table "audit_event" add constraint "audit_event_purpose_check" check (purpose in ('treatment', 'operations', 'payment', 'emergency', 'shared', 'oversight', 'patient-request', 'system'));
alter table "audit_event" add constraint "audit_event_outcome_check" check (outcome in ('allowed', 'denied', 'not-found'));
-- What was kept before roles and purposes were: the membership's role now, and what that role usually looks for.
alter table "membership" no force row level security;
insert into "audit_event" ("at", "id", "user_id", "membership_id", "role", "organization_id", "purpose", "practice_id", "action", "subject", "subject_ids", "outcome", "correlation_id")
select b.at, b.id, b.user_id, b.membership_id, case when b.subject = 'Session' then null else m.role end, case when b.subject = 'Session' then null else m.organization_id end,
       case when b.subject = 'Session' then 'system'
            when m.role in ('payer-analyst', 'payer-system') then 'payment'
            when m.role in ('clinician', 'care-manager', 'care-supervisor', 'feed-system') then 'treatment'
            when m.role = 'auditor' then 'oversight'
            when m.role = 'patient' then 'patient-request'
            else 'operations' end,
       b.practice_id, b.action, b.subject, b.subject_ids, b.outcome, b.correlation_id
  from "audit_event_before" b left join "membership" m on m.id = b.membership_id;
alter table "membership" force row level security;
drop table "audit_event_before";
alter table "audit_event" enable row level security;
alter table "audit_event" force row level security;
create policy "audit_event_append" on "audit_event" for insert to "commons_door", "commons_practice", "commons_care_manager", "commons_region", "commons_payer", "commons_patient", "commons_feed", "commons_auditor", "commons_worker" with check (true);
create policy "audit_event_auditor" on "audit_event" for select to "commons_auditor" using (true);
create policy "audit_event_sealer" on "audit_event" for select to "commons_sealer" using (true);
create policy "audit_event_own_practice" on "audit_event" for select to "commons_practice" using (practice_id = (nullif(current_setting('commons.practice_id'::text, true), ''::text))::uuid);

create table "audit_seal" ("chain" uuid not null, "day" date not null, "seq" bigint not null, "event_at" timestamptz not null, "event_id" uuid not null, "hash" bytea not null, "sealed_at" timestamptz not null, "batch" bigint not null, "snapshot" pg_snapshot null, primary key ("chain", "day", "seq"));
alter table "audit_seal" add constraint "audit_seal_event" unique ("event_id");
create index "audit_seal_batch" on "audit_seal" ("batch");
alter table "audit_seal" enable row level security;
alter table "audit_seal" force row level security;
create policy "audit_seal_sealer" on "audit_seal" for select to "commons_sealer" using (true);
create policy "audit_seal_append" on "audit_seal" for insert to "commons_sealer" with check (true);
create policy "audit_seal_auditor" on "audit_seal" for select to "commons_auditor" using (true);
