import { addDays, type Day, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { chartRoom, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { HuddleReason } from './huddle.entity.ts'

export interface AddToHuddle {
  readonly patientIds: readonly string[]
  readonly reason: HuddleReason
  readonly words: string
  /** Today unless told. */
  readonly day: Day | null
}

export interface HuddleAdded {
  readonly day: Day
  readonly added: number
  /** Who was on the list and not done already. */
  readonly already: number
}

const MOST_AT_ONCE = 200
const MOST_WORDS = 500
const DAYS_AHEAD = 14

/** Puts people on their practices' lists of a day: all of them or none. Who is on it and not done stays as they are, so that asking twice adds once. */
export function addToHuddle(ctx: Ctx, input: AddToHuddle): Promise<HuddleAdded | Refusal> {
  const words = input.words.trim()
  const today = ctx.clock.today(ctx.region.timeZone)
  const day = input.day ?? today
  const ids = [...new Set(input.patientIds)]
  const refusal = unfit({ ids, words, day, today, reason: input.reason })
  if (refusal) return Promise.resolve(refusal)
  return ctx.write(async (tx) => {
    const charts = await chartsOf(tx, ctx, ids)
    if (charts.length < ids.length)
      return refused('ChartNotFound', 'There is no such chart among those of whose practices you may fill the list. Nobody was added.')
    const added = await insert(tx, ctx, charts, { ...input, words, day })
    for (const [practiceId, of] of Map.groupBy(charts, (chart) => chart.practice_id)) {
      const subjectIds = [...of.map(({ id }) => id), ...added.filter((one) => one.practice_id === practiceId).map(({ id }) => id)]
      await keepEvent(tx, ctx, { action: 'create', subject: 'Huddle', subjectIds, practiceId })
    }
    return { day, added: added.length, already: charts.length - added.length }
  })
}

interface Fitting {
  readonly ids: readonly string[]
  readonly words: string
  readonly day: Day
  readonly today: Day
  readonly reason: HuddleReason
}

function unfit({ ids, words, day, today, reason }: Fitting): Refusal | null {
  if (ids.length === 0 || ids.length > MOST_AT_ONCE) return refused('TooMany', `Between 1 and ${MOST_AT_ONCE} people are added at once.`)
  if (words.length > MOST_WORDS) return refused('WordsTooLong', `A reason takes up to ${MOST_WORDS} characters.`)
  if (reason === 'other' && words === '') return refused('WordsMissing', 'Say in a few words why they are to be talked about.')
  if (day < today) return refused('HuddleOver', 'That day is over. Choose today or a day to come.')
  if (day > addDays(today, DAYS_AHEAD)) return refused('TooFarAhead', `Lists are filled up to ${DAYS_AHEAD} days ahead.`)
  return null
}

interface ChartHere {
  readonly id: string
  readonly practice_id: string
}

async function chartsOf({ db }: Tx, ctx: Ctx, ids: readonly string[]): Promise<ChartHere[]> {
  const { rows } = await sql<ChartHere>`
    select p.id, p.practice_id from patient p
     where p.id = any (${ids.filter(isUuid)}::uuid[]) and ${chartRoom(ctx, 'p', 'id')}
       and ${room(ctx, 'create', 'Huddle', { practiceId: 'p.practice_id' })}`.execute(db)
  return rows
}

async function insert(
  { db }: Tx,
  ctx: Ctx,
  charts: readonly ChartHere[],
  wanted: AddToHuddle & { readonly day: Day },
): Promise<ChartHere[]> {
  const { rows } = await sql<ChartHere>`
    insert into huddle_entry (id, practice_id, patient_id, day, reason, words, added_by, added_by_name, added_at)
    select e.id, e.practice_id, e.patient_id, ${wanted.day}::date, ${wanted.reason}, ${wanted.words}, ${ctx.viewer.userId}, ${ctx.userName}, now()
      from unnest(${charts.map(() => newId<'HuddleEntry'>())}::uuid[], ${charts.map((chart) => chart.practice_id)}::uuid[],
                  ${charts.map(({ id }) => id)}::uuid[]) e (id, practice_id, patient_id)
    on conflict do nothing returning id, practice_id`.execute(db)
  return rows
}
