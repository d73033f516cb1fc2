-- A person's id told when its first chart came: beside the other ids of that moment, a practice could say which other one knows its
-- patient. People get ids that tell nothing.
alter table "patient" drop constraint "patient_person";
alter table "person_key" drop constraint "person_key_person";
alter table "person" no force row level security;
alter table "patient" no force row level security;
alter table "person_key" no force row level security;

create temporary table "undated" as select "id" as "dated", gen_random_uuid() as "id" from "person";
update "person" p set "id" = u."id" from "undated" u where u."dated" = p."id";
update "patient" p set "person_id" = u."id" from "undated" u where u."dated" = p."person_id";
update "person_key" k set "person_id" = u."id" from "undated" u where u."dated" = k."person_id";
drop table "undated";

alter table "person" force row level security;
alter table "patient" force row level security;
alter table "person_key" force row level security;
alter table "patient" add constraint "patient_person" foreign key ("person_id") references "person" ("id");
alter table "person_key" add constraint "person_key_person" foreign key ("person_id") references "person" ("id");
