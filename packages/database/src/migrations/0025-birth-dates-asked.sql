-- Whoever takes a patient's invitation says when the patient was born; wrong three times, the invitation ends.
alter table "invitation" add "wrong_birth_dates" smallint not null default 0;
