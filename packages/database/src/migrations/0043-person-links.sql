-- Which charts are one person's follows from the identifiers that their newest versions have, and a run keeps what it counted.
alter table "patient" no force row level security;
alter table "data_watermark" no force row level security;
alter table "run_member" no force row level security;
alter table "measure_membership" no force row level security;
alter table "resource_version" no force row level security;
alter table "person" no force row level security;
alter table "care_case" no force row level security;
alter table "lead_ledger" no force row level security;
alter table "changed_chart" no force row level security;

-- Runs that are here already counted people as they are linked now.
alter table "run_member" add "person_id" uuid null;
update "run_member" v set "person_id" = p."person_id" from "patient" p where p."practice_id" = v."practice_id" and p."id" = v."patient_id";
insert into "run_member" ("practice_id", "run_id", "patient_id", "person_id")
select distinct m."practice_id", m."run_id", m."patient_id", p."person_id"
  from "measure_membership" m join "patient" p on p."practice_id" = m."practice_id" and p."id" = m."patient_id"
on conflict do nothing;
alter table "run_member" alter column "person_id" set not null;
create index "run_member_person" on "run_member" ("run_id", "person_id");

-- Identifiers were kept by person: each chart's are read anew from its newest version.
drop table "person_key";
create table "person_key" ("key_hash" bytea not null, "patient_id" uuid not null, primary key ("key_hash", "patient_id"));
create index "person_key_chart" on "person_key" ("patient_id");
create function pg_temp.person_keys(content text) returns setof bytea language plpgsql as $$
begin
  return query
    select sha256(convert_to((i ->> 'system') || '|' || regexp_replace(i ->> 'value', '[\s-]', '', 'g') || '|' || (r.one ->> 'birthDate'), 'UTF8'))
      from (select content::jsonb as one) r, jsonb_array_elements(coalesce(r.one -> 'identifier', '[]')) i
     where length(r.one ->> 'birthDate') = 10 and i ->> 'value' is not null
       and i ->> 'system' in ('http://hl7.org/fhir/sid/us-ssn', 'http://hl7.org/fhir/sid/us-mbi');
-- Text that jsonb does not hold: the chart is linked by its next version.
exception when others then return;
end $$;
insert into "person_key" ("key_hash", "patient_id")
select k, p."id"
  from "patient" p
  join "resource_version" v on v."practice_id" = p."practice_id" and v."patient_id" = p."id" and v."type" = 'Patient' and v."fhir_id" = p."fhir_id"
   and v."superseded_at" is null and not v."withdrawn"
 cross join pg_temp.person_keys(v."content") k
on conflict do nothing;
drop function pg_temp.person_keys(text);

-- Charts are shared out among people by these, as every landing does from now on.
create temporary table "linking" as select "id" as "patient_id", row_number() over (order by "id")::int as "root" from "patient";
do $$ begin
  loop
    update "linking" l set "root" = lower."root"
      from (select k."patient_id", min(held."root") as "root"
              from "person_key" k
              join (select k."key_hash", min(l."root") as "root" from "linking" l join "person_key" k on k."patient_id" = l."patient_id" group by 1) held
                on held."key_hash" = k."key_hash" group by 1) lower
     where lower."patient_id" = l."patient_id" and lower."root" < l."root";
    exit when not found;
  end loop;
end $$;
create temporary table "human" as
select l."patient_id", l."person_id" as "before",
       first_value(l."person_id") over (partition by l."root" order by l."nth" > 1, l."patient_id") as "person_id",
       bool_or(l."nth" = 1) over (partition by l."root") as "known", l."root"
  from (select l.*, p."person_id", row_number() over (partition by p."person_id" order by p."id") as "nth"
          from "linking" l join "patient" p on p."id" = l."patient_id") l;
update "human" h set "person_id" = n."person_id"
  from (select "root", gen_random_uuid() as "person_id" from "human" where not "known" group by "root") n where n."root" = h."root";
insert into "person" ("id", "created_at") select distinct "person_id", now() from "human" where not "known";
update "patient" p set "person_id" = h."person_id" from "human" h where h."patient_id" = p."id" and h."person_id" <> h."before";
delete from "person" r where not exists (select from "patient" p where p."person_id" = r."id");
insert into "changed_chart" ("practice_id", "patient_id", "watermark")
select p."practice_id", p."id", w."value"
  from "human" h join "patient" p on p."id" = h."patient_id" cross join (select max("value") as "value" from "data_watermark" having count(*) > 0) w
 where h."person_id" <> h."before"
on conflict ("practice_id", "patient_id") do update set "watermark" = excluded."watermark", "evaluated" = false;
delete from "lead_ledger";
insert into "lead_ledger" ("person_id", "program", "case_id")
select distinct on (h."person_id", c."program") h."person_id", c."program", c."id"
  from "care_case" c join "human" h on h."patient_id" = c."patient_id"
 where c."closed_at" is null and c."lead_membership_id" is not null
 order by h."person_id", c."program", c."lead_since", c."id";
drop table "linking", "human";

alter table "person_key" enable row level security;
alter table "person_key" force row level security;
create policy "person_key_worker_all" on "person_key" to "commons_worker" using (true) with check (true);
alter table "person_key" add constraint "person_key_patient" foreign key ("patient_id") references "patient" ("id");
alter table "patient" force row level security;
alter table "data_watermark" force row level security;
alter table "run_member" force row level security;
alter table "measure_membership" force row level security;
alter table "resource_version" force row level security;
alter table "person" force row level security;
alter table "care_case" force row level security;
alter table "lead_ledger" force row level security;
alter table "changed_chart" force row level security;
