import type { EnginePool } from '@carecommons/cql'
import { type Day, newId, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { lockCharts } from '#modules/patient'
import { isPart2Now, readCharts } from '#modules/quality'
import type { Sensitivity } from '#modules/record'
import { tellMovement } from '#shared/movements'
import type { Tx } from '#shared/sessions'
import { goThrough, type LabelOf } from './go-through.ts'
import type { RegistrySet } from './loaded-registries.ts'
import type { EnteredBy, RegistryReason } from './registries.entity.ts'
import { type Entering, type Leaving, nextStay, type OpenStay, RETIRED, strictest } from './stays.ts'

export interface ChartToCount {
  readonly patientId: string
  /** What the region's data stood at when it last changed; 0: it was here before anybody looked. */
  readonly watermark: string
  readonly countedWith: readonly string[] | null
}

export interface CountingOf {
  readonly practiceId: string
  readonly charts: readonly ChartToCount[]
  /** The day as of which is counted. */
  readonly on: string
  readonly timeZone: string
}

/**
 * Goes through all registries in one pass over each of some charts of a practice, as they stand now, and writes who comes in and who leaves.
 * In the caller's transaction: whoever counts the same practice waits for its end.
 */
export async function countCharts({ db }: Tx, pool: EnginePool, set: RegistrySet, of: CountingOf): Promise<void> {
  const { practiceId, on } = of
  const patientIds = of.charts.map(({ patientId }) => patientId)
  const isPart2 = await isPart2Now(db, practiceId)
  const [step] = (await sql<{ value: string }>`select coalesce(max(value), 0) as value from data_watermark`.execute(db)).rows
  const watermark = step!.value
  const day = on as Day
  const period = { start: day, end: day, offsetMinutes: offsetMinutesIn(of.timeZone, day) }
  const { charts, labels } = await readCharts(db, { practiceId, patientIds, watermark }, set.need, period)
  const { readings, withLabels, labelOf } = await goThrough(pool, set, { charts, labels, isPart2 }, period)

  await lockCharts(db, practiceId, patientIds)
  await labelStays(db, practiceId, [...withLabels], labelOf)
  const begun = await begin(db, practiceId, set.hashes, on)
  const open = Map.groupBy(await openStays(db, practiceId, patientIds), ({ patientId }) => patientId)
  const entering: (Entering & { patientId: string; hash: string })[] = []
  const leavingStays: (Leaving & { hash: string | null; label: Sensitivity | null; patientId: string })[] = []
  for (const { patientId, countedWith } of of.charts) {
    const stays = open.get(patientId) ?? []
    for (const [index, { registry }] of set.registries.entries()) {
      const hash = set.hashes[index]!
      const found = readings.get(patientId)?.[index]
      const enteredBy = enteredByOf(countedWith, hash, begun.get(hash)! < on)
      const stay = stays.find((one) => one.registry === registry)
      // A chart of which nothing can be read is in no registry.
      const { enter, leave } = nextStay(stay, { registry, readings: found ?? [], enteredBy })
      if (enter) entering.push({ ...enter, patientId, hash })
      if (leave) leavingStays.push({ ...leave, patientId, hash, label: stay!.sensitivity })
    }
    for (const { id, registry, sensitivity: label } of stays)
      if (!set.registries.some((one) => one.registry === registry)) leavingStays.push({ id, ...RETIRED, patientId, hash: null, label })
  }
  await writeLeaving(db, { practiceId, on, watermark }, leavingStays)
  await writeEntering(db, { practiceId, on, watermark }, entering)
  await noteCounted(db, of, set.hashes)
  await tell(db, practiceId, [...entering, ...leavingStays])
}

function enteredByOf(countedWith: readonly string[] | null, hash: string, begunBefore: boolean): EnteredBy {
  if (countedWith !== null) return countedWith.includes(hash) ? 'records' : 'definition'
  return begunBefore ? 'records' : 'first-count'
}

/** Since when the practice is counted by each version. */
async function begin(db: Tx['db'], practiceId: string, hashes: readonly string[], on: string): Promise<Map<string, string>> {
  await sql`
    insert into registry_beginning (practice_id, package_hash, begun_on)
    select ${practiceId}::uuid, hash, ${on}::date from unnest(${[...hashes]}::text[]) h (hash)
    on conflict do nothing`.execute(db)
  const { rows } = await sql<{ hash: string; on: string }>`
    select package_hash as hash, begun_on::text as "on" from registry_beginning where practice_id = ${practiceId}`.execute(db)
  return new Map(rows.map((row) => [row.hash, row.on]))
}

/**
 * A record may get its label after a stay has begun to rest on it: from then on the stay has it, too, and so have those that are over, and
 * who was found to move by it.
 */
async function labelStays(db: Tx['db'], practiceId: string, patientIds: readonly string[], labelOf: LabelOf): Promise<void> {
  if (patientIds.length === 0) return
  for (const { table, key, reasons } of LABELLED) {
    const theirs = sql`practice_id = ${practiceId} and patient_id = any (${[...patientIds]}::uuid[])`
    const { rows } = await sql<{ key: string; patientId: string; sensitivity: Sensitivity | null; reasons: RegistryReason[] }>`
      select ${key} as key, patient_id as "patientId", sensitivity, ${reasons} as reasons from ${table}
       where ${theirs} and sensitivity is distinct from 'part2'`.execute(db)
    const changed = rows.flatMap(({ key: of, patientId, sensitivity, reasons: told }) => {
      const label = strictest([sensitivity, ...told.flatMap(({ facts }) => facts.map((reference) => labelOf(patientId, reference)))])
      return label === sensitivity ? [] : [{ key: of, label }]
    })
    if (changed.length === 0) continue
    await sql`
      update ${table} set sensitivity = l.label
        from unnest(${changed.map((one) => one.key)}::text[], ${changed.map(({ label }) => label)}::text[]) l (key, label)
       where ${theirs} and ${key} = l.key`.execute(db)
  }
}

/** What rests on records, and how one of it is told from the others. */
const LABELLED = [
  { table: sql.table('registry_membership'), key: sql`id::text`, reasons: sql`entered_reasons || coalesce(left_reasons, '[]')` },
  { table: sql.table('registry_mover'), key: sql`(comparison_id || ' ' || patient_id || ' ' || change)`, reasons: sql.ref('reasons') },
]

async function openStays(db: Tx['db'], practiceId: string, patientIds: readonly string[]): Promise<(OpenStay & { patientId: string })[]> {
  const { rows } = await sql<OpenStay & { patientId: string }>`
    select id, patient_id as "patientId", registry, sensitivity from registry_membership
     where practice_id = ${practiceId} and patient_id = any (${[...patientIds]}::uuid[]) and left_on is null`.execute(db)
  return rows
}

interface Written {
  readonly practiceId: string
  readonly on: string
  readonly watermark: string
}

async function writeLeaving(
  db: Tx['db'],
  { practiceId, on, watermark }: Written,
  leaving: readonly (Leaving & { hash: string | null })[],
): Promise<void> {
  if (leaving.length === 0) return
  await sql`
    update registry_membership m
       set left_on = ${on}::date, left_by = l.by, left_reasons = l.reasons::jsonb, left_hash = l.hash, left_watermark = ${watermark}::bigint
      from unnest(${leaving.map(({ id }) => id)}::uuid[], ${leaving.map(({ by }) => by)}::text[],
                  ${leaving.map(({ reasons }) => JSON.stringify(reasons))}::text[], ${leaving.map(({ hash }) => hash)}::text[]) l (id, by, reasons, hash)
     where m.practice_id = ${practiceId} and m.id = l.id and m.left_on is null`.execute(db)
}

async function writeEntering(
  db: Tx['db'],
  { practiceId, on, watermark }: Written,
  entering: readonly (Entering & { patientId: string; hash: string })[],
): Promise<void> {
  if (entering.length === 0) return
  await sql`
    insert into registry_membership (practice_id, id, registry, patient_id, entered_on, entered_by, entered_reasons, entered_hash, entered_watermark,
                                     sensitivity, deceased, risk_rank)
    select ${practiceId}::uuid, e.id, e.registry, e.patient_id, ${on}::date, e.by, e.reasons::jsonb, e.hash, ${watermark}::bigint, e.label,
           coalesce(s.deceased, false), coalesce(s.risk_rank, 0)
      from unnest(${entering.map(() => newId<'RegistryMembership'>())}::uuid[], ${entering.map(({ registry }) => registry)}::text[],
                  ${entering.map(({ patientId }) => patientId)}::uuid[], ${entering.map(({ by }) => by)}::text[],
                  ${entering.map(({ reasons }) => JSON.stringify(reasons))}::text[], ${entering.map(({ hash }) => hash)}::text[],
                  ${entering.map(({ label }) => label)}::text[]) e (id, registry, patient_id, by, reasons, hash, label)
      left join patient_summary s on s.practice_id = ${practiceId} and s.patient_id = e.patient_id`.execute(db)
}

/** A chart that changed again since it was taken stays on the list. */
async function noteCounted(db: Tx['db'], { practiceId, charts, on }: CountingOf, hashes: readonly string[]): Promise<void> {
  await sql`
    insert into registry_chart as c (practice_id, patient_id, watermark, evaluated, counted_on, counted_with)
    select ${practiceId}::uuid, t.patient_id, t.watermark, true, ${on}::date, ${[...hashes]}::text[]
      from unnest(${charts.map(({ patientId }) => patientId)}::uuid[], ${charts.map(({ watermark }) => watermark)}::bigint[]) t (patient_id, watermark)
    on conflict (practice_id, patient_id) do update
       set evaluated = c.watermark = excluded.watermark, counted_on = excluded.counted_on, counted_with = excluded.counted_with`.execute(db)
}

/** Pages that list these people look again. Of labelled stays alone it tells nobody but the patient. */
async function tell(db: Tx['db'], practiceId: string, moved: readonly { patientId: string; label: Sensitivity | null }[]): Promise<void> {
  if (moved.length === 0) return
  const open = new Set(moved.flatMap(({ patientId, label }) => (label === null ? [patientId] : [])))
  const labelledIds = [...new Set(moved.map(({ patientId }) => patientId))].filter((id) => !open.has(id))
  await tellMovement(db, { what: 'figures', practiceId, patientIds: [...open], labelledIds })
}
