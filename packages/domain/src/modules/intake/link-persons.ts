import type { Bulk } from '#shared/bulk'

const PATIENTS = `incoming_patient i join outcome o using (line)`
const LANDS = `o.change in ('created', 'updated')`

/** Identifiers that a chart's new version does not have any more. */
const LOST_KEYS = `
  select k.key_hash, k.patient_id from ${PATIENTS} join person_key k on k.patient_id = o.patient_id
   where ${LANDS} and k.key_hash <> all (i.keys)`

/**
 * Charts that share an identifier, be it by way of a third chart, are one person's. When an identifier comes, goes or is corrected, all charts
 * that it reaches are shared out among people anew: what links them depends on nothing but what their newest versions say.
 */
export async function linkPersons(bulk: Bulk): Promise<void> {
  await bulk.query(`
    insert into linking (patient_id)
    select distinct other.patient_id from person_key k join person_key other on other.key_hash = k.key_hash
     where (k.key_hash, k.patient_id) in (${LOST_KEYS})`)
  await bulk.query(`delete from person_key where (key_hash, patient_id) in (${LOST_KEYS})`)
  await bulk.query(`
    insert into person_key (key_hash, patient_id)
    select key, o.patient_id from ${PATIENTS}, unnest(i.keys) key where ${LANDS}
    on conflict do nothing`)
  await bulk.query(`
    insert into linking (patient_id)
    select o.patient_id from ${PATIENTS}
     where ${LANDS}
       and exists (select from person_key k join person_key other on other.key_hash = k.key_hash and other.patient_id <> k.patient_id
                    where k.patient_id = o.patient_id)
       and not exists (select from linking l where l.patient_id = o.patient_id)`)
  const [found] = await bulk.query<{ some: boolean }>('select exists (select from linking) as some')
  if (!found!.some) return
  await untilNoneMoves(bulk, REACH)
  await bulk.query(`
    update linking l set root = n.root from (select patient_id, row_number() over (order by patient_id) as root from linking) n
     where n.patient_id = l.patient_id`)
  await untilNoneMoves(bulk, LOWEST_ROOT)
  await bulk.query('select from commons_link_charts((select array_agg(patient_id) from linking), (select array_agg(root) from linking))')
}

const REACH = `
  insert into linking (patient_id)
  select distinct other.patient_id
    from linking l join person_key k on k.patient_id = l.patient_id join person_key other on other.key_hash = k.key_hash
   where not exists (select from linking known where known.patient_id = other.patient_id)
  returning 1`

/** Each key is told the lowest root of its charts, and each chart that of its keys. */
const LOWEST_ROOT = `
  update linking l set root = lower.root
    from (select k.patient_id, min(held.root) as root
            from linking c join person_key k on k.patient_id = c.patient_id
            join (select k.key_hash, min(l.root) as root from linking l join person_key k on k.patient_id = l.patient_id group by k.key_hash) held
              on held.key_hash = k.key_hash
           group by k.patient_id) lower
   where lower.patient_id = l.patient_id and lower.root < l.root
  returning 1`

async function untilNoneMoves(bulk: Bulk, statement: string): Promise<void> {
  while ((await bulk.query(statement)).length > 0);
}
