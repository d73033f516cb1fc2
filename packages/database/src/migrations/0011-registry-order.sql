-- A registry lists and counts the living. An index of them alone gives the order of names and the count without a look at the rows; of
-- the dead, only searches tell, which find them by their words.
drop index "patient_summary_name";
create index "patient_summary_name" on "patient_summary" ("practice_id", "sort_name", "patient_id") where not deceased;
