import { addMonths, type Day, isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { activeMeasures } from '#modules/quality'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { shortText } from '#shared/short-text'
import type { ImprovementCycleType } from './improvement.graphql.ts'
import { cycleOf } from './read-cycles.ts'

export interface SaveCycle {
  /** Absent: a new one. */
  readonly id?: string | null
  /** The version that was changed. */
  readonly version?: number | null
  readonly measure: string
  readonly aim: string
  readonly changeTried: string
  readonly learned?: string | null
  readonly startsOn: Day
  readonly endsOn?: Day | null
  readonly shared: boolean
  readonly idempotencyKey: string
}

const MOST_WORDS = 2000
const YEARS_APART = 10
const UNKNOWN = refused('CycleUnknown', 'There is no such improvement cycle of your practice.')
const CHANGED = refused('CycleChanged', 'Somebody changed this cycle meanwhile. Copy your text, open theirs, and put yours in.')

/** Begins a cycle of the viewer's practice, or changes one. */
export async function saveCycle(ctx: Ctx, input: SaveCycle): Promise<ImprovementCycleType | Refusal> {
  const values = await valuesOf(ctx, input)
  if (isRefusal(values)) return values
  return ctx.write(async (tx) => {
    const { idempotencyKey } = input
    const id = await oncePerKey<'ImprovementCycle'>(
      tx,
      ctx,
      { operation: 'saveImprovementCycle', idempotencyKey, input },
      async (fresh) => {
        const refusal =
          input.id == null ? await insert(tx, ctx, fresh, values) : await change(tx, ctx, input.id, input.version ?? 0, values)
        if (refusal) return refusal
        const action = input.id == null ? 'create' : 'update'
        await keepEvent(tx, ctx, { action, subject: 'Improvement', subjectIds: [input.id ?? fresh], practiceId: ctx.viewer.organizationId })
        return null
      },
    )
    if (isRefusal(id)) return id
    return (await cycleOf({ ...ctx, tx: async () => tx }, input.id ?? id)) ?? UNKNOWN
  })
}

interface Values {
  readonly measure: string
  readonly aim: string
  readonly changeTried: string
  readonly learned: string
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly shared: boolean
}

async function valuesOf(ctx: Ctx, input: SaveCycle): Promise<Values | Refusal> {
  const aim = shortText(input.aim, 'The aim')
  if (typeof aim !== 'string') return aim
  const [changeTried, learned] = [input.changeTried.trim(), (input.learned ?? '').trim()]
  if (changeTried === '' || changeTried.length > MOST_WORDS || learned.length > MOST_WORDS)
    return refused(
      'WordsMissing',
      `Say in 1 to ${MOST_WORDS} characters what is done otherwise, and in up to ${MOST_WORDS} what came of it.`,
    )
  const { startsOn, measure, shared } = input
  const endsOn = input.endsOn ?? null
  const today = ctx.clock.today(ctx.region.timeZone)
  const [earliest, latest] = [addMonths(today, -12 * YEARS_APART), addMonths(today, 12)]
  if (startsOn < earliest || startsOn > latest) return refused('CycleTooFar', `A cycle begins between ${earliest} and ${latest}.`)
  if (endsOn !== null && (endsOn < startsOn || endsOn > addMonths(latest, 12 * YEARS_APART)))
    return refused('CycleEndsBefore', 'A cycle ends on the day on which it began, or later. Leave the end empty while it goes on.')
  // What is no longer in force was, when the cycle began.
  if (input.id == null && !(await activeMeasures(ctx)).some(({ id }) => id === measure))
    return refused('MeasureUnknown', 'There is no such measure in force. Choose one of the page.')
  return { measure, aim, changeTried, learned, startsOn, endsOn, shared }
}

async function insert(
  { db }: Tx,
  ctx: Ctx,
  id: string,
  { measure, aim, changeTried, learned, startsOn, endsOn, shared }: Values,
): Promise<null> {
  const me = ctx.viewer.userId
  await sql`
    insert into improvement_cycle (id, practice_id, measure_id, aim, change_tried, learned, starts_on, ends_on, shared, version, created_by, created_by_name,
                                   created_at, updated_by, updated_by_name, updated_at)
    values (${id}, ${ctx.viewer.organizationId}, ${measure}, ${aim}, ${changeTried}, ${learned}, ${startsOn}, ${endsOn}, ${shared}, 1, ${me}, ${ctx.userName},
            now(), ${me}, ${ctx.userName}, now())`.execute(db)
  return null
}

async function change({ db }: Tx, ctx: Ctx, id: string, version: number, values: Values): Promise<Refusal | null> {
  if (!isUuid(id)) return UNKNOWN
  const { aim, changeTried, learned, startsOn, endsOn, shared } = values
  const { rows: there } = await sql<{ version: number }>`
    select c.version from improvement_cycle c
     where c.id = ${id} and ${room(ctx, 'create', 'Improvement', { practiceId: 'c.practice_id' })}`.execute(db)
  if (!there[0]) return UNKNOWN
  const { rows: changed } = await sql`
    update improvement_cycle c
       set aim = ${aim}, change_tried = ${changeTried}, learned = ${learned}, starts_on = ${startsOn}, ends_on = ${endsOn}, shared = ${shared},
           version = c.version + 1, updated_by = ${ctx.viewer.userId}, updated_by_name = ${ctx.userName}, updated_at = now()
     where c.id = ${id} and c.version = ${version} returning 1`.execute(db)
  return changed.length === 0 ? CHANGED : null
}
