import { IN_STRATUM, OUT_OF_STRATA } from '@carecommons/cql'
import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import { type BrokenDownBy, type Strata, strataOf } from './strata.ts'
import { NOBODY, type PopulationCounts } from './suppress.ts'
import { type StratumCell, suppressStrata, type Telling } from './suppress-strata.ts'

interface Scored extends StratumCell {
  readonly measureId: string
  readonly dimension: BrokenDownBy
  readonly stratifier: string | null
}

/** One kind of strata of one measure, every place in each of them: that there is nobody in it is told, or hidden, as well. */
interface Table {
  readonly measureId: string
  readonly dimension: BrokenDownBy
  readonly stratifier: string | null
  /** Ages, sexes and whether criteria are met: strata everybody knows of. Others are named by records, and that one has somebody is not told alone. */
  readonly isListed: boolean
  readonly cells: readonly StratumCell[]
}

/** Of more strata nobody reads anything: what so many values part is people. */
const MOST_STRATA = 1000

/**
 * Writes what the coordinating body reads of a run's strata, of each measure's first group: its whole figures it reads anyway. Between runs this
 * stays as it is, since two looks at strata that follow records would tell who came.
 */
export async function showStrata(db: Tx['db'], runId: string): Promise<void> {
  const run = await db.selectFrom('metric_run').select('strata').where('id', '=', runId).executeTakeFirstOrThrow()
  const scored = await readScored(db, runId)
  const kinds = Map.groupBy(scored, ({ measureId, dimension, stratifier }) => JSON.stringify([measureId, dimension, stratifier]))
  const tables = [...kinds.values()].map((of) => wholeTable(run.strata as Strata | null, of)).filter(({ cells }) => cells.length > 0)
  const shown = tables.flatMap((table) => {
    const { measureId, dimension, stratifier, cells } = table
    const tellings = suppressStrata(cells)
    const rows = cells.flatMap((cell, at) => shownRow(table, cell, tellings[at]!) ?? [])
    return [...rows, ...unnamed(table, tellings)].map((row) => ({
      ...{ id: newId<'ShownStratum'>(), run_id: runId, measure_id: measureId, group_index: 0, dimension, stratifier },
      ...row,
    }))
  })
  for (let at = 0; at < shown.length; at += 1000)
    await db
      .insertInto('shown_stratum')
      .values(shown.slice(at, at + 1000))
      .execute()
}

async function readScored(db: Tx['db'], runId: string): Promise<Scored[]> {
  const { rows } = await sql<Scored>`
    select practice_id as "practiceId", measure_id as "measureId", dimension, stratifier, stratum,
           jsonb_build_object('initialPopulation', initial_population, 'denominator', denominator, 'denominatorExclusion', denominator_exclusion,
                              'denominatorException', denominator_exception, 'numerator', numerator) as counts
      from stratum_score where run_id = ${runId} and group_index = 0
     order by measure_id, dimension, stratifier, practice_id nulls first, stratum`.execute(db)
  return rows
}

function wholeTable(agreed: Strata | null, scored: readonly Scored[]): Table {
  const { measureId, dimension, stratifier } = scored[0]!
  const found = new Set(scored.map(({ stratum }) => stratum))
  const isByCriteria = dimension === 'stratifier' && [...found].every((stratum) => CRITERIA.has(stratum))
  const all = dimension === 'stratifier' ? [...(isByCriteria ? CRITERIA : found)] : agreed ? strataOf(agreed, dimension, found) : []
  const places = all.length > MOST_STRATA ? [] : [...Map.groupBy(scored, ({ practiceId }) => practiceId)]
  const cells = places.flatMap(([practiceId, of]) => {
    const counts = new Map(of.map((cell) => [cell.stratum, cell.counts]))
    return all.map((stratum) => ({ practiceId, stratum, counts: counts.get(stratum) ?? NOBODY }))
  })
  return { measureId, dimension, stratifier, isListed: dimension === 'age' || dimension === 'sex' || isByCriteria, cells }
}

const CRITERIA: ReadonlySet<string> = new Set([IN_STRATUM, OUT_OF_STRATA])

const NOT_TOLD = {
  counted: null,
  numerator: null,
  initial_population: null,
  denominator: null,
  denominator_exclusion: null,
  denominator_exception: null,
}

function shownRow({ isListed }: Table, { practiceId, stratum, counts }: StratumCell, telling: Telling) {
  const place = { practice_id: practiceId, stratum }
  if (telling === 'nothing') return isListed ? { ...place, ...NOT_TOLD } : null
  if (telling === 'counts' && !isListed && counts.initialPopulation === 0) return null
  const { denominator, denominatorExclusion, denominatorException, numerator } = counts
  const rate = { counted: denominator - denominatorExclusion - denominatorException, numerator }
  return { ...place, ...NOT_TOLD, ...rate, ...(telling === 'counts' ? countsOf(counts) : {}) }
}

const countsOf = ({ initialPopulation, denominator, denominatorExclusion, denominatorException }: PopulationCounts) => ({
  initial_population: initialPopulation,
  denominator,
  denominator_exclusion: denominatorExclusion,
  denominator_exception: denominatorException,
})

/** One row for all strata of a place that are hidden and not named. */
function unnamed({ isListed, cells }: Table, tellings: readonly Telling[]) {
  if (isListed) return []
  const places = new Set(cells.flatMap(({ practiceId }, at) => (tellings[at] === 'nothing' ? [practiceId] : [])))
  return [...places].map((practiceId) => ({ practice_id: practiceId, stratum: null, ...NOT_TOLD }))
}
