import type { Region } from './region.ts'

/** Tables that tell of imports themselves: each leaves its own rows there. */
const LEDGER = ['import_run', 'import_file', 'import_rejection', 'data_watermark', 'audit_event']

/** Every row of every table as it stands, ids and all: equal before and after something that changed nothing. */
export async function tableChecksums({ sql }: Region): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname not like 'mikro_orm%' and c.relname <> all ($1) order by 1`,
    [LEDGER],
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables) sums[name] = await sumOf(sql, `select t::text as fact from "${name}" t`)
  return sums
}

/**
 * The same facts give the same sums, however often an import was interrupted and whichever ids its rows got: organizations are told by
 * their alias, charts by the sender's id, people by the charts they have, codes by system and code, versions by their order.
 */
export async function factChecksums({ sql }: Region): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  for (const [name, select] of Object.entries(FACTS)) sums[name] = await sumOf(sql, `${NATURAL_KEYS} ${select}`)
  return sums
}

async function sumOf(sql: Region['sql'], select: string): Promise<string> {
  const [sum] = await sql<{ rows: string; sum: string }>(
    `select count(*) as rows, coalesce(sum(hashtextextended(fact, 0)::numeric), 0) as sum from (${select}) t`,
  )
  return `${sum!.rows} rows, ${sum!.sum}`
}

const NATURAL_KEYS = `
  with org as (select o.id, coalesce(min(a.alias), o.slug) as org from organization o left join organization_alias a on a.organization_id = o.id group by o.id),
       chart as (select p.practice_id, p.id as patient_id, p.person_id, org || ' ' || p.fhir_id as chart from patient p join org on org.id = p.practice_id),
       human as (select person_id, min(chart) as human from chart group by person_id),
       term as (select id, system || '|' || code as term from code)`

const inChart = 'join chart using (practice_id, patient_id)'

const FACTS: Readonly<Record<string, string>> = {
  organization: `select row(org, o.kind, o.name, o.city)::text as fact from organization o join org using (id)`,
  organization_alias: `select row(a.kind, a.alias, org)::text as fact from organization_alias a join org on org.id = a.organization_id`,
  code: `select row(system, code, followed)::text as fact from code`,
  directory_version: `
    select row(type, fhir_id, row_number() over (partition by type, fhir_id order by watermark), name, md5(content), line)::text as fact
      from directory_version`,
  patient: `
    select row(chart, human, p.family_name, p.given_name, p.birth_date, p.gender, p.deceased, p.deceased_on, p.record_number, p.phone,
                     p.address, p.clinician)::text as fact
      from patient p join chart on chart.patient_id = p.id join human on human.person_id = p.person_id`,
  person: `select human as fact from person join human on person_id = id`,
  person_key: `select row(encode(key_hash, 'hex'), chart)::text as fact from person_key join chart using (patient_id)`,
  patient_search: `select row(chart, s.term)::text as fact from patient_search s ${inChart}`,
  resource_version: `
    select row(chart, type, fhir_id, row_number() over (partition by practice_id, patient_id, type, fhir_id order by watermark),
                     encode(hash, 'hex'), md5(content), line, (select string_agg(term, ' ' order by term) from term where id = any (codes)))::text as fact
      from resource_version ${inChart}`,
  clinical_fact: `
    select row(chart, type, fhir_id, part, c.term, category, status, verification, starts_at, ends_at, starts_on, value, comparator, unit,
                     v.term, value_text)::text as fact
      from clinical_fact ${inChart} left join term c on c.id = code_id left join term v on v.id = value_code_id`,
  payer_evidence: `
    select row(chart, source, fhir_id, part, starts_on, ends_on, org)::text as fact
      from payer_evidence ${inChart} left join org on org.id = payer_id`,
  coverage: `select row(chart, starts_on, ends_on, org)::text as fact from coverage ${inChart} left join org on org.id = payer_id`,
  patient_summary: `
    select row(chart, to_jsonb(s) - 'practice_id' - 'patient_id')::text as fact from patient_summary s ${inChart}`,
  patient_condition: `select row(chart, condition)::text as fact from patient_condition ${inChart}`,
  // Counted along with the summaries; counted anew it is the same.
  registry_count: `
    select row(n.living - r.living)::text as fact
      from (select practice_id, count(*) filter (where not deceased) as living from patient_summary group by practice_id) n
      full join registry_count r on r.practice_id = n.practice_id where n.living is distinct from r.living`,
  dirty_chart: `select 'dirty' as fact from dirty_chart`,
  import_pending: `select 'pending' as fact from import_pending`,
}
