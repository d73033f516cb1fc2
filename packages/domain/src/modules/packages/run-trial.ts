import { type EnginePool, readPackage } from '@carecommons/cql'
import { type Day, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import { allPractices } from '#modules/practice'
import { dataNeed, readCharts } from '#modules/quality'
import { tellMovement } from '#shared/movements'
import type { Sessions } from '#shared/sessions'
import { shownCounts } from './suppress-moves.ts'

/** Enough to tell a measure that works from one that does not. Another sample each time: two trials cannot be subtracted from each other. */
const SAMPLE = 500

interface Trial {
  readonly bundle: string | null
  readonly state: string
  readonly start: Day
  readonly end: Day
  readonly requestedBy: string
  readonly timeZone: string
  readonly watermark: string | null
}

/** Evaluates a draft over a random sample of the region's charts and keeps what may be shown of the counts. */
export async function runTrial(sessions: Sessions, pool: EnginePool, id: string): Promise<void> {
  const practiceIds = await allPractices(sessions)
  const scope = { kind: 'worker', practiceIds } as const
  const trial = await sessions.within(scope, async ({ db }) => {
    const { rows } = await sql<Trial>`
      select t.bundle, t.state, t.period_start::text as start, t.period_end::text as end, t.requested_by as "requestedBy", g.time_zone as "timeZone",
             w.value as watermark
        from draft_trial t cross join region g left join data_watermark w on w.region_id = g.id where t.id = ${id}`.execute(db)
    const [found] = rows
    if (found?.state === 'queued') {
      await sql`update draft_trial set state = 'running' where id = ${id}`.execute(db)
      const event = { action: 'read', subject: 'ClinicalRecord', subjectIds: [id], userId: found.requestedBy, correlationId: id } as const
      await keepJobEvent(db, event)
    }
    return found
  })
  if (!trial?.bundle || trial.state === 'done' || trial.state === 'failed') return
  const reading = readPackage(JSON.parse(trial.bundle))
  if (!reading.ok) return failTrial(sessions, id, reading.problems.map(({ message }) => message).join(' '))
  const period = { start: trial.start, end: trial.end, offsetMinutes: offsetMinutesIn(trial.timeZone, trial.start) }
  try {
    const need = dataNeed((await pool.describe(reading.package)).requirements)
    const charts = await sessions.within(
      scope,
      async ({ db }) => {
        const { rows } = await sql<{ practice_id: string; ids: string[] }>`
          select practice_id, array_agg(id) as ids
            from (select practice_id, id from patient order by md5(id::text || ${id}) limit ${SAMPLE}) s group by practice_id`.execute(db)
        const parts = []
        for (const { practice_id, ids } of rows) {
          const at = { practiceId: practice_id, watermark: trial.watermark ?? '0', patientIds: ids }
          parts.push(...(await readCharts(db, at, need, period)).charts)
        }
        return parts
      },
      { readOnly: true },
    )
    const results = (await pool.evaluate([reading.package], charts, period)).get(reading.package.id) ?? []
    const sum = (of: (populations: Readonly<Record<string, number>>) => number): number =>
      results.reduce((total, { groups }) => total + (groups[0] ? of(groups[0].populations) : 0), 0)
    const counts = CODES.map((code) => sum((populations) => populations[code] ?? 0))
    const [initial, denominator, exclusion, exception, numerator] = shownCounts(charts.length, counts)
    await sessions.within(scope, async ({ db }) => {
      await sql`
        update draft_trial set state = 'done', finished_at = now(), bundle = null, sample = ${charts.length}, initial_population = ${initial},
               denominator = ${denominator}, denominator_exclusion = ${exclusion}, denominator_exception = ${exception}, numerator = ${numerator}
         where id = ${id} and state = 'running'`.execute(db)
      await tellMovement(db, { what: 'runs' })
    })
  } catch (error) {
    // What a measure did to its thread is told; everything else is a bug and tried again.
    if (!(error instanceof Error && /^(The measures could not|An engine thread)/.test(error.message))) throw error
    await failTrial(sessions, id, error.message)
  }
}

const CODES = ['initial-population', 'denominator', 'denominator-exclusion', 'denominator-exception', 'numerator'] as const

/** Ends a trial that cannot go on. */
export async function failTrial(sessions: Sessions, id: string, reason: string): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    await sql`
      update draft_trial set state = 'failed', finished_at = now(), bundle = null, failure = ${reason}
       where id = ${id} and state not in ('done', 'failed')`.execute(db)
    await tellMovement(db, { what: 'runs' })
  })
}
