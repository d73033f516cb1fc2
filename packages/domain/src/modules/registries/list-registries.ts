import { scopeFor } from '@carecommons/access'
import { addDays, addMonths, type Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { noteCountedLabels } from '#shared/note-sensitive'
import { room, sensitiveRoom } from '#shared/room'
import { REGISTRIES_IN_FORCE } from './ask-for-pass.ts'
import type { RegistryType } from './registries.graphql.ts'

const FLOWS = [30, 90] as const
const WEEKS = 26
const MONTHS = 12

type Definition = Omit<RegistryType, 'size' | 'flows' | 'months' | 'sizes'>

/** The registries in force, and how many the viewer may know to be in them. */
export async function listRegistries(ctx: Ctx): Promise<RegistryType[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Definition>`
    select f.registry as id, k.title, k.description, k.version, k.hash as "packageHash", k.sources, k.cql, f.agreed_at as "agreedAt",
           null as "countedSince"
      from ${REGISTRIES_IN_FORCE} f join registry_package k on k.hash = f.package_hash
     where ${room(ctx, 'read', 'Registry', {})} order by f.position, f.registry`.execute(db)
  return scopeFor(ctx.viewer).kind === 'region' ? ofTheRegion(ctx, rows) : ofPractices(ctx, rows)
}

/** People of all practices, each once, to the nearest ten; none of ten or fewer. */
async function ofTheRegion(ctx: Ctx, definitions: readonly Definition[]): Promise<RegistryType[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ registry: string; people: number }>`select registry, people from commons_registry_sizes()`.execute(db)
  const sizes = new Map(rows.map(({ registry, people }) => [registry, people]))
  return definitions.map((one) => ({ ...one, size: sizes.get(one.id) ?? null, flows: [], months: [], sizes: [] }))
}

/** A day on which somebody came or went; null: how many there are now. */
interface Moved {
  readonly registry: string
  readonly on: Day | null
  /** How many more there were at its end. */
  readonly more: number
  /** Of those whom records moved. */
  readonly entered: number
  readonly left: number
}

async function ofPractices(ctx: Ctx, definitions: readonly Definition[]): Promise<RegistryType[]> {
  const { db } = await ctx.tx()
  // Whoever comes and goes on one day does neither: so it is told of who goes over from an open stay to a labelled one.
  const { rows } = await sql<Moved>`
    with mine as materialized (
      select m.practice_id, m.patient_id, m.registry, m.entered_on, m.entered_by, m.left_on, m.left_by from registry_membership m
       where ${room(ctx, 'read', 'ClinicalRecord', { practiceId: 'm.practice_id', patientId: 'm.patient_id' })} and ${sensitiveRoom(ctx, 'm')}),
    step as (
      select registry, patient_id, entered_on as day, 1 as more, entered_by = 'records' as by_records from mine
      union all
      select registry, patient_id, left_on, -1, left_by in ('exit', 'ended') from mine where left_on is not null),
    net as (select registry, patient_id, day, sum(more) as more, bool_and(by_records) as by_records from step group by registry, patient_id, day)
    select registry, day::text as "on", sum(more)::int as more, (count(*) filter (where more > 0 and by_records))::int as entered,
           (count(*) filter (where more < 0 and by_records))::int as left
      from net group by registry, day
    union all
    select m.registry, null, count(*)::int, 0, 0
      from mine m join patient_summary s on s.practice_id = m.practice_id and s.patient_id = m.patient_id and not s.deceased
     where m.left_on is null group by m.registry`.execute(db)
  await noteLabelled(ctx)
  const since = await countedSince(ctx)
  const today = ctx.clock.today(ctx.region.timeZone)
  const byRegistry = Map.groupBy(rows, ({ registry }) => registry)
  return definitions.map((one) => {
    const of = byRegistry.get(one.id) ?? []
    const begun = since.get(one.packageHash) ?? null
    return {
      ...{ ...one, countedSince: begun },
      size: begun === null ? null : (of.find(({ on }) => on === null)?.more ?? 0),
      flows: FLOWS.map((days) => flowIn(of, today, days)),
      months: begun === null ? [] : monthly(of, begun, today),
      sizes: weekly(of, today),
    }
  })
}

/** Sizes count those whom only labelled records put there, for whoever may know of them. */
async function noteLabelled(ctx: Ctx): Promise<void> {
  if (!ctx.ability.can('read', 'SensitiveRecord')) return
  const { db } = await ctx.tx()
  const { rows } = await sql<{ practice_id: string; labels: string[] }>`
    select m.practice_id, array_agg(distinct m.sensitivity) as labels from registry_membership m
     where ${room(ctx, 'read', 'ClinicalRecord', { practiceId: 'm.practice_id', patientId: 'm.patient_id' })} and m.sensitivity is not null
       and ${sensitiveRoom(ctx, 'm')} group by m.practice_id`.execute(db)
  for (const { practice_id, labels } of rows) noteCountedLabels(ctx, labels, practice_id)
}

function flowIn(of: readonly Moved[], today: Day, days: number): RegistryType['flows'][number] {
  const within = of.filter(({ on }) => on !== null && on > addDays(today, -days))
  return { days, entered: within.reduce((sum, { entered }) => sum + entered, 0), left: within.reduce((sum, { left }) => sum + left, 0) }
}

/** Who came and went month by month, and how many were left; of the month in which counting began, since then. */
function monthly(of: readonly Moved[], begun: Day, today: Day): RegistryType['months'] {
  const thisMonth = `${today.slice(0, 7)}-01` as Day
  const dated = of.flatMap((one) => (one.on === null ? [] : [{ ...one, month: one.on.slice(0, 7) }]))
  return Array.from({ length: MONTHS }, (_, month) => addMonths(thisMonth, month + 1 - MONTHS))
    .filter((startsOn) => startsOn.slice(0, 7) >= begun.slice(0, 7))
    .map((startsOn) => {
      const month = startsOn.slice(0, 7)
      const within = dated.filter((one) => one.month === month)
      return {
        startsOn,
        entered: within.reduce((sum, { entered }) => sum + entered, 0),
        left: within.reduce((sum, { left }) => sum + left, 0),
        size: dated.reduce((sum, one) => (one.month <= month ? sum + one.more : sum), 0),
      }
    })
}

/** How many there were at the end of each of the last weeks, from the first on which anybody was. */
function weekly(of: readonly Moved[], today: Day): { on: Day; size: number }[] {
  const days = Array.from({ length: WEEKS }, (_, week) => addDays(today, -7 * (WEEKS - 1 - week)))
  const dated = of.flatMap(({ on, more }) => (on === null ? [] : [{ on, more }]))
  return days
    .filter((day) => dated.some(({ on }) => on <= day))
    .map((day) => ({ on: day, size: dated.reduce((sum, { on, more }) => (on <= day ? sum + more : sum), 0) }))
}

/** The day by which every practice in reach was counted by a version. */
async function countedSince(ctx: Ctx): Promise<Map<string, Day>> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ hash: string; on: Day }>`
    select b.package_hash as hash, max(b.begun_on)::text as "on" from registry_beginning b
     where ${room(ctx, 'read', 'ClinicalRecord', { practiceId: 'b.practice_id' })} group by b.package_hash`.execute(db)
  return new Map(rows.map(({ hash, on }) => [hash, on]))
}
