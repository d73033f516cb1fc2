-- An import that was interrupted before this is not taken up: it begins anew, and finds what landed unchanged.
alter table "import_file" add "checksum" int not null default 0;
