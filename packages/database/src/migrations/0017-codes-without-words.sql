-- What the first chart called a code stood on everybody's charts, and every role read every code that any chart had brought. What a chart
-- calls a code is read from its own record, which is kept whole; nothing is lost. People read the codes that the product itself follows.
drop policy "code_directory" on "code";
alter table "code" drop column "display";
alter table "code" add "followed" boolean not null default false;
create policy "code_followed" on "code" for select to "commons_practice", "commons_care_manager", "commons_patient", "commons_grantee" using (followed);

-- Followed codes are there whether a chart brought them or not. An empty database gets them from its first import.
alter table "code" no force row level security;
insert into "code" ("id", "system", "code", "followed")
select (select max("id") from "code") + row_number() over (), 'http://loinc.org', f.code, true
  from unnest(array['4548-4', '4549-2', '17855-8', '17856-6', '96595-4', '8480-6', '8462-4', '18262-6', '13457-7', '2089-1', '33914-3', '48642-3',
                    '48643-1', '50044-7', '62238-1', '77147-7', '88293-6', '98979-8', '39156-5', '29463-7', '44261-6']) f (code)
 where exists (select from "code")
on conflict ("system", "code") do update set "followed" = true;
alter table "code" force row level security;

-- Only imports read these; names of organizations stand in the region's directory of organizations.
drop policy "directory_version_practice_select" on "directory_version";
drop policy "directory_version_region_select" on "directory_version";
drop policy "organization_alias_directory" on "organization_alias";
