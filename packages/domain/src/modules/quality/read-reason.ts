import type { ChartExplanation } from '@carecommons/cql'
import { isUuid, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Ctx } from '#shared/context'
import { noteSensitive } from '#shared/note-sensitive'
import { givesWay, recordRoom } from '#shared/room'
import { factWords, type Json, recordName } from './fact-words.ts'
import { toldMemberships } from './memberships.ts'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf, PERIOD_COLUMNS, type PeriodColumns, periodOf } from './measures.ts'
import { runOf } from './population.ts'
import type { PeriodType } from './quality.graphql.ts'
import { mention, reasonLines } from './reason-lines.ts'
import { type RecordRow, recordsOf, type Standing } from './records-of.ts'
import type { ReasonType } from './reason.graphql.ts'

export interface ReasonAsked {
  readonly patientId: string
  readonly measure: string
  readonly period: PeriodType | null
}

/**
 * Why a chart stands where it stands. Everything is read as the viewer: a place that a labelled record decided is not there without
 * consent, and the logic is gone through over the records that the viewer may read. Where these do not lead to the place that was
 * published (a record that is closed to the viewer bears on it, or the figures are just moving), there is nothing to tell either.
 */
export async function readReason(ctx: Ctx, asked: ReasonAsked): Promise<ReasonType | null> {
  const places = isUuid(asked.patientId) ? await placesOf(ctx, asked) : []
  const [place] = places
  const logic = place ? await explain(ctx, place) : null
  const references = [...new Set(places.flatMap(({ evidence }) => evidence))]
  if (!place || (logic && !isWhole(logic, places, references))) {
    const subjectIds = isUuid(asked.patientId) ? [asked.patientId] : []
    ctx.notes.push({ action: 'read', subject: 'ClinicalRecord', subjectIds, outcome: 'not-found' })
    return null
  }
  const records = logic?.records ?? (await recordsOf(ctx, place, null))
  ctx.notes.push({ action: 'read', subject: 'ClinicalRecord', subjectIds: [place.patient_id], practiceId: place.practice_id })
  noteSensitive(ctx, [...places, ...records])
  const populations = logic ? reasonLines(logic.explained, logic.names) : []
  const told = new Set(populations.flatMap(({ lines }) => lines.flatMap(({ mentions }) => mentions.map(({ reference }) => reference))))
  return {
    patientId: place.patient_id,
    measure: measureOf(place),
    period: periodOf(place),
    watermark: place.watermark,
    facts: factsOf(references, records),
    mentioned: factsOf(
      [...told].filter((one) => !references.includes(one)),
      records,
    ),
    populations,
  }
}

interface Place extends Standing, MeasureColumns, PeriodColumns {
  readonly sensitivity: Sensitivity | null
  /** In the order of `COLUMNS`. */
  readonly counts: number[]
}

async function placesOf(ctx: Ctx, { patientId, measure, period }: ReasonAsked): Promise<Place[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Place>`
    select m.practice_id, m.patient_id, m.evidence, m.sensitivity, r.watermark::text as watermark, r.live_of is not null as is_live,
           array[m.initial_population, m.denominator, m.denominator_exclusion, m.denominator_exception, m.numerator]::int[] as counts,
           ${MEASURE_COLUMNS}, ${PERIOD_COLUMNS}
      from ${toldMemberships(ctx)}
     where m.run_id = ${runOf(period)} and m.patient_id = ${patientId} and m.measure_id = ${measure} and ${recordRoom(ctx, 'm', null)} and not ${givesWay(ctx, 'm')}
     order by m.group_index`.execute(db)
  return rows
}

interface Logic {
  readonly explained: ChartExplanation
  readonly records: readonly RecordRow[]
  readonly names: ReadonlyMap<string, string>
}

async function explain(ctx: Ctx, place: Place): Promise<Logic | null> {
  let records: readonly RecordRow[] = []
  let names: ReadonlyMap<string, string> = new Map()
  const explained = await ctx.desk.explain({
    hash: place.hash,
    async bundle() {
      const { db } = await ctx.tx()
      return (await db.selectFrom('measure_package').select('bundle').where('hash', '=', place.hash).executeTakeFirstOrThrow()).bundle
    },
    async chart(types) {
      records = await recordsOf(ctx, place, types)
      names = new Map(records.map(({ reference, content }) => [reference, recordName(JSON.parse(content) as Json)]))
      return { id: place.patient_id, resources: records.map(({ content }) => content) }
    },
    period: {
      start: place.period_start,
      end: place.period_end,
      offsetMinutes: offsetMinutesIn(ctx.region.timeZone, place.period_start),
    },
    nameOf: (reference) => (names.has(reference) ? mention(reference) : undefined),
  })
  return explained && { explained, records, names }
}

/** Nothing that bears on it is closed to the viewer. */
function isWhole({ explained, records }: Logic, places: readonly Place[], references: readonly string[]): boolean {
  const open = new Set(records.map(({ reference }) => reference))
  return references.every((reference) => open.has(reference)) && leadsTo(explained, places)
}

const COLUMNS = ['initial-population', 'denominator', 'denominator-exclusion', 'denominator-exception', 'numerator'] as const

/** Whether the logic, gone through once more, gives the places that were published. */
function leadsTo({ groups }: ChartExplanation, places: readonly Place[]): boolean {
  return places.every(({ counts }, index) => {
    const of = groups[index]?.populations ?? []
    const count = (wanted: string): number => of.find(({ code }) => code === wanted)?.count ?? 0
    const found = COLUMNS.map((code) => (code === 'numerator' ? count(code) - count('numerator-exclusion') : count(code)))
    return found.every((one, column) => one === counts[column])
  })
}

/** Those that the viewer may read: kinds in the order in which they decided, of each kind the newest first. */
function factsOf(references: readonly string[], records: readonly RecordRow[]): ReasonType['facts'] {
  const known = new Map(records.map((record) => [record.reference, record]))
  const facts = references.flatMap((reference) => {
    const record = known.get(reference)
    return record ? [{ reference, ...factWords(JSON.parse(record.content) as Json), sensitivity: record.sensitivity }] : []
  })
  const kinds = Map.groupBy(facts, ({ reference }) => reference.slice(0, reference.indexOf('/')))
  return [...kinds.values()].flatMap((of) => of.sort((a, b) => Number((b.on ?? '') > (a.on ?? '')) - Number((b.on ?? '') < (a.on ?? ''))))
}
