-- Which value sets a package computes with, each with the hash of what it held. Of packages that are here already it is noted when they are next computed with.
alter table "measure_package" add "value_set_hashes" jsonb null;
