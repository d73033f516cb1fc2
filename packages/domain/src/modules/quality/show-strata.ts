import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import { agreedDimensions, type Dimension, type Strata, strataOf } from './strata.ts'
import { NOBODY, type PopulationCounts } from './suppress.ts'
import { type StratumCell, suppressStrata, type Telling } from './suppress-strata.ts'

interface Scored extends StratumCell {
  readonly measureId: string
  readonly dimension: Dimension
}

/**
 * Writes what the coordinating body reads of a run's strata, of each measure's first group: its whole figures it reads anyway. Between runs this
 * stays as it is, since two looks at strata that follow records would tell who came.
 */
export async function showStrata(db: Tx['db'], runId: string): Promise<void> {
  const run = await db.selectFrom('metric_run').select('strata').where('id', '=', runId).executeTakeFirstOrThrow()
  const strata = run.strata as Strata | null
  if (strata === null) return
  const scored = await readScored(db, runId)
  const shown = [...Map.groupBy(scored, ({ measureId }) => measureId)].flatMap(([measureId, ofMeasure]) =>
    agreedDimensions(strata).flatMap((dimension) => {
      const cells = wholeTable(strata, dimension, ofMeasure)
      const tellings = suppressStrata(cells)
      const rows = cells.flatMap((cell, at) => shownRow(dimension, cell, tellings[at]!) ?? [])
      return [...rows, ...unnamed(dimension, cells, tellings)].map((row) => ({
        id: newId<'ShownStratum'>(),
        run_id: runId,
        measure_id: measureId,
        group_index: 0,
        dimension,
        ...row,
      }))
    }),
  )
  for (let at = 0; at < shown.length; at += 1000)
    await db
      .insertInto('shown_stratum')
      .values(shown.slice(at, at + 1000))
      .execute()
}

async function readScored(db: Tx['db'], runId: string): Promise<Scored[]> {
  const { rows } = await sql<Scored>`
    select practice_id as "practiceId", measure_id as "measureId", dimension, stratum,
           jsonb_build_object('initialPopulation', initial_population, 'denominator', denominator, 'denominatorExclusion', denominator_exclusion,
                              'denominatorException', denominator_exception, 'numerator', numerator) as counts
      from stratum_score where run_id = ${runId} and group_index = 0 order by measure_id, practice_id nulls first, dimension, stratum`.execute(
    db,
  )
  return rows
}

/** Every place has a cell in every stratum: that there is nobody in it is told, or hidden, as well. */
function wholeTable(strata: Strata, dimension: Dimension, scored: readonly Scored[]): StratumCell[] {
  const ofDimension = scored.filter((cell) => cell.dimension === dimension)
  const all = strataOf(
    strata,
    dimension,
    ofDimension.map(({ stratum }) => stratum),
  )
  return [...Map.groupBy(ofDimension, ({ practiceId }) => practiceId)].flatMap(([practiceId, of]) =>
    all.map((stratum) => ({ practiceId, stratum, counts: of.find((cell) => cell.stratum === stratum)?.counts ?? NOBODY })),
  )
}

const NOT_TOLD = {
  counted: null,
  numerator: null,
  initial_population: null,
  denominator: null,
  denominator_exclusion: null,
  denominator_exception: null,
}

/** Ages and sexes everybody knows of. That an area has somebody is told with how many, or not at all. */
function shownRow(dimension: Dimension, { practiceId, stratum, counts }: StratumCell, telling: Telling) {
  const place = { practice_id: practiceId, stratum }
  if (telling === 'nothing') return dimension === 'zip3' ? null : { ...place, ...NOT_TOLD }
  if (telling === 'counts' && dimension === 'zip3' && counts.initialPopulation === 0) return null
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

/** One row for all areas of a place that are hidden. */
function unnamed(dimension: Dimension, cells: readonly StratumCell[], tellings: readonly Telling[]) {
  if (dimension !== 'zip3') return []
  const places = new Set(cells.flatMap(({ practiceId }, at) => (tellings[at] === 'nothing' ? [practiceId] : [])))
  return [...places].map((practiceId) => ({ practice_id: practiceId, stratum: null, ...NOT_TOLD }))
}
