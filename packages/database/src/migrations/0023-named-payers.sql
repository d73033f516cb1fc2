-- Payers that records only name wait for the region's agreement: what a record calls a payer may be somebody's name. And each role reads
-- the organizations that it needs.
alter table "organization" add "agreed" boolean not null default true;
alter table "organization" no force row level security;
alter table "organization_alias" no force row level security;
alter table "directory_version" no force row level security;
alter table "membership" no force row level security;
alter table "invitation" no force row level security;
update "organization" o set "agreed" = false
 where o."kind" = 'payer'
   and exists (select from "organization_alias" a where a."organization_id" = o."id")
   and not exists (select from "organization_alias" a join "directory_version" d on d."type" = 'Organization' and a."alias" = 'fhir:' || d."fhir_id"
                    where a."organization_id" = o."id" and a."kind" = 'payer')
   and not exists (select from "membership" m where m."organization_id" = o."id")
   and not exists (select from "invitation" i where i."organization_id" = o."id");
alter table "organization" force row level security;
alter table "organization_alias" force row level security;
alter table "directory_version" force row level security;
alter table "membership" force row level security;
alter table "invitation" force row level security;

create index "coverage_payer" on "coverage" ("practice_id", "payer_id");
create index "payer_performance_practice" on "payer_performance" ("payer_id", "practice_id");

drop policy "organization_directory" on "organization";
create policy "organization_agreed" on "organization" for select to "commons_door", "commons_auditor" using (agreed);
create policy "organization_of_charts" on "organization" for select to "commons_practice", "commons_care_manager", "commons_patient" using ((kind <> 'payer'::text) OR (EXISTS ( SELECT FROM coverage v WHERE (v.payer_id = organization.id))));
create policy "organization_no_payers" on "organization" for select to "commons_grantee", "commons_feed" using (kind <> 'payer'::text);
create policy "organization_administered" on "organization" for select to "commons_region" using (agreed OR (( SELECT m.role FROM membership m WHERE (m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid)) = 'region-administrator'::text));
create policy "organization_of_figures" on "organization" for select to "commons_payer" using ((id = (nullif(current_setting('commons.organization_id'::text, true), ''::text))::uuid) OR ((kind = 'practice'::text) AND (EXISTS ( SELECT FROM payer_performance f WHERE (f.practice_id = organization.id)))));
