import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Client } from 'pg'

const valueSets = resolve(import.meta.dirname, '../../../packages/cql/starter-set/value-sets')

interface ValueSet {
  readonly id: string
  readonly compose: { readonly include: readonly { readonly system: string; readonly concept: readonly { readonly code: string }[] }[] }
}

/** Works out where every chart stands in every measure, into temporary tables of this session: see `oracle.sql`. */
export async function askOracle(owner: Client, period: { start: string; end: string; timeZone: string }): Promise<void> {
  await owner.query(`set time zone 'UTC'; set max_parallel_workers_per_gather = 0`)
  await owner.query('create temporary table measured (starts text, ends text)')
  await owner.query('insert into measured values ($1, $2)', [period.start, period.end])
  await owner.query(
    `select set_config('oracle.offset_minutes', (extract(epoch from $1::timestamp at time zone 'UTC' - $1::timestamp at time zone $2) / 60)::int::text, false)`,
    [period.start, period.timeZone],
  )
  await owner.query('create temporary table listed (set_id text, system text, code text)')
  await owner.query(`insert into listed select * from jsonb_to_recordset($1::jsonb) l (set_id text, system text, code text)`, [JSON.stringify(listedCodes())])
  await owner.query('create index on listed (system, code)')
  await owner.query('analyze listed')
  await owner.query(readFileSync(join(import.meta.dirname, 'oracle.sql'), 'utf8'))
}

/** The codes of every value set of the starter set, as its files list them. */
export const listedCodes = () =>
  readdirSync(valueSets)
    .map((name) => JSON.parse(readFileSync(join(valueSets, name), 'utf8')) as ValueSet)
    .flatMap(({ id, compose }) => compose.include.flatMap(({ system, concept }) => concept.map(({ code }) => ({ set_id: id, system, code }))))
