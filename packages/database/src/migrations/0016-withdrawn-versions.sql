-- A correction may give a resource to another patient: it leaves the chart where it stood, which an index by id finds.
alter table "resource_version" add "withdrawn" boolean not null default false;
create index "resource_version_fhir_id" on "resource_version" using hash ("fhir_id");
