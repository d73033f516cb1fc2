import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { MeasuredRegion } from './measured-region.ts'

const valueSets = resolve(import.meta.dirname, '../../../packages/cql/starter-set/value-sets')

interface ValueSet {
  readonly id: string
  readonly compose: { readonly include: readonly { readonly system: string; readonly concept: readonly { readonly code: string }[] }[] }
}

/** Works out where every chart stands in every measure, into temporary tables of this session: see `oracle.sql`. */
export async function askOracle({ sql }: MeasuredRegion, period: { start: string; end: string; timeZone: string }): Promise<void> {
  await sql(`set time zone 'UTC'`)
  await sql('create temporary table measured (starts text, ends text)')
  await sql('insert into measured values ($1, $2)', [period.start, period.end])
  await sql(
    `select set_config('oracle.offset_minutes', (extract(epoch from $1::timestamp at time zone 'UTC' - $1::timestamp at time zone $2) / 60)::int::text, false)`,
    [period.start, period.timeZone],
  )
  await sql('create temporary table listed (set_id text, system text, code text)')
  await sql('insert into listed select * from jsonb_to_recordset($1::jsonb) l (set_id text, system text, code text)', [
    JSON.stringify(listedCodes()),
  ])
  await sql('create index on listed (system, code)')
  await sql('analyze listed')
  await sql(readFileSync(join(import.meta.dirname, 'oracle.sql'), 'utf8'))
}

/** The codes of every value set of the starter set, as its files list them. */
export const listedCodes = () =>
  readdirSync(valueSets)
    .map((name) => JSON.parse(readFileSync(join(valueSets, name), 'utf8')) as ValueSet)
    .flatMap(({ id, compose }) =>
      compose.include.flatMap(({ system, concept }) => concept.map(({ code }) => ({ set_id: id, system, code }))),
    )
