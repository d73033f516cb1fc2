-- Measures are computed over whole calendar years, whoever asks for it, over facts and with packages that planning fixes.
drop function if exists commons_member_count(uuid);
alter table "metric_run" add constraint "metric_run_period_year" check (extract(doy from period_start) = 1 and period_end = (period_start + interval '1 year' - interval '1 day')::date);
drop policy "metric_run_region_adds" on "metric_run";
create policy "metric_run_region_adds" on "metric_run" for insert to "commons_region" with check (((( SELECT m.role
   FROM membership m
  WHERE ((m.id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (m.ended_at IS NULL))) = ANY (ARRAY['region-administrator'::text, 'region-analyst'::text])) AND (requested_by = (nullif(current_setting('commons.user_id'::text, true), ''::text))::uuid) AND (state = 'queued'::text) AND (watermark IS NULL) AND (package_hashes = '{}'::text[]) AND (live_of IS NULL)));
