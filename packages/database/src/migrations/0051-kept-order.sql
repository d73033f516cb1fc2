-- Beside conditions and stays in registries: whether the person lives, and the order of risk, so that an index has the lists by them.
alter table "patient_condition" add "deceased" boolean not null default false, add "risk_rank" smallint not null default 0;
create index "patient_condition_risk" on "patient_condition" ("practice_id", "condition", "risk_rank", "patient_id") include ("sensitivity") where not deceased;
alter table "registry_membership" add "deceased" boolean not null default false, add "risk_rank" smallint not null default 0;
create index "registry_membership_risk" on "registry_membership" ("practice_id", "registry", "risk_rank", "patient_id") include ("sensitivity") where left_on is null and not deceased;

-- Whatever changes a summary changes these in the same transaction, in the right of who writes the summary.
create or replace function "patient_summary_order_begun_fn"() returns trigger as $$ begin update patient_condition c set deceased = new.deceased, risk_rank = new.risk_rank where c.practice_id = new.practice_id and c.patient_id = new.patient_id; update registry_membership m set deceased = new.deceased, risk_rank = new.risk_rank where m.practice_id = new.practice_id and m.patient_id = new.patient_id; return null; end; $$ language plpgsql;
create trigger "order_begun" AFTER INSERT on "patient_summary" for each ROW
  when ((new.deceased OR (new.risk_rank <> 0))) execute function "patient_summary_order_begun_fn"();
create or replace function "patient_summary_order_changed_fn"() returns trigger as $$ begin update patient_condition c set deceased = new.deceased, risk_rank = new.risk_rank where c.practice_id = new.practice_id and c.patient_id = new.patient_id; update registry_membership m set deceased = new.deceased, risk_rank = new.risk_rank where m.practice_id = new.practice_id and m.patient_id = new.patient_id; return null; end; $$ language plpgsql;
create trigger "order_changed" AFTER UPDATE on "patient_summary" for each ROW
  when (((old.deceased <> new.deceased) OR (old.risk_rank <> new.risk_rank))) execute function "patient_summary_order_changed_fn"();

-- The owner sees every practice while what is here already gets them.
alter table "patient_summary" no force row level security;
alter table "patient_condition" no force row level security;
alter table "registry_membership" no force row level security;
update patient_condition c set deceased = s.deceased, risk_rank = s.risk_rank
  from patient_summary s
 where s.practice_id = c.practice_id and s.patient_id = c.patient_id and (s.deceased or s.risk_rank <> 0);
update registry_membership m set deceased = s.deceased, risk_rank = s.risk_rank
  from patient_summary s
 where s.practice_id = m.practice_id and s.patient_id = m.patient_id and (s.deceased or s.risk_rank <> 0);
alter table "patient_summary" force row level security;
alter table "patient_condition" force row level security;
alter table "registry_membership" force row level security;
