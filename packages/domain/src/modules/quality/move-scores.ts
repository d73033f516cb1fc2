import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import { COUNTS, FURTHEST, noteNewest, RECORDED, RECORDED_UNTIL, SUMS } from './score-run.ts'

/** What some people add to the region's score of a measure's group, each by the chart that stands furthest. */
interface Standing {
  readonly measureId: string
  readonly groupIndex: number
  /** Of each population, and last of those with records: null where it was not looked for them. */
  readonly counts: readonly (number | null)[]
}

/** The people that some charts belong to, by a run and by what is known now. */
export async function peopleOf(db: Tx['db'], runId: string, patientIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from run_member where run_id = ${runId} and patient_id = any (${[...patientIds]}::uuid[])
     union select person_id from patient where id = any (${[...patientIds]}::uuid[])`.execute(db)
  return rows.map(({ id }) => id)
}

/** Of some people, all of whose charts count. */
export async function standingOf(db: Tx['db'], runId: string, personIds: readonly string[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    with m as (
      select m.*, row_number() over (partition by v.person_id, m.measure_id, m.group_index order by ${FURTHEST}) as of_person
        from run_member v join measure_membership m on m.practice_id = v.practice_id and m.patient_id = v.patient_id and m.run_id = v.run_id
       where v.run_id = ${runId} and v.person_id = any (${[...personIds]}::uuid[]))
    select measure_id as "measureId", group_index as "groupIndex",
           array[sum(initial_population), sum(denominator), sum(denominator_exclusion), sum(denominator_exception), sum(numerator),
                 ${RECORDED}]::int[] as counts
      from m where of_person = 1 group by measure_id, group_index`.execute(db)
  return rows
}

/** Adds a practice up anew, and to the region what its people add more or less than before. */
export async function moveScores(
  db: Tx['db'],
  { runId, practiceId }: { readonly runId: string; readonly practiceId: string },
  before: readonly Standing[],
  after: readonly Standing[],
): Promise<void> {
  await sql`delete from score where run_id = ${runId} and practice_id = ${practiceId}`.execute(db)
  await sql`
    insert into score (id, run_id, practice_id, measure_id, group_index, ${COUNTS}, recorded, recorded_until)
    select gen_random_uuid(), ${runId}::uuid, practice_id, measure_id, group_index, ${SUMS}, ${RECORDED}, ${RECORDED_UNTIL}
      from measure_membership where run_id = ${runId} and practice_id = ${practiceId} group by practice_id, measure_id, group_index`.execute(
    db,
  )
  for (const { measureId, groupIndex, counts } of differences(before, after)) {
    const [initial, denominator, exclusion, exception, numerator, recorded] = counts
    const { rows } = await sql`
      update score set initial_population = initial_population + ${initial}, denominator = denominator + ${denominator},
             denominator_exclusion = denominator_exclusion + ${exclusion}, denominator_exception = denominator_exception + ${exception},
             numerator = numerator + ${numerator}, recorded = recorded + ${recorded}
       where run_id = ${runId} and practice_id is null and measure_id = ${measureId} and group_index = ${groupIndex} returning 1`.execute(
      db,
    )
    if (rows.length > 0) continue
    await sql`
      insert into score (id, run_id, practice_id, measure_id, group_index, ${COUNTS}, recorded)
      values (gen_random_uuid(), ${runId}, null, ${measureId}, ${groupIndex}, ${initial}, ${denominator}, ${exclusion}, ${exception}, ${numerator}, ${recorded})`.execute(
      db,
    )
  }
  await sql`delete from score where run_id = ${runId} and practice_id is null and initial_population = 0`.execute(db)
  await noteNewest(db, runId)
}

function differences(before: readonly Standing[], after: readonly Standing[]): Standing[] {
  const groups = Map.groupBy([...before.map(negated), ...after], ({ measureId, groupIndex }) => `${measureId} ${groupIndex}`)
  return [...groups.values()]
    .map((of) => ({ ...of[0]!, counts: of[0]!.counts.map((_, index) => sumOf(of.map(({ counts }) => counts[index]!))) }))
    .filter(({ counts }) => counts.some((count) => count !== null && count !== 0))
}

const negated = (standing: Standing): Standing => ({
  ...standing,
  counts: standing.counts.map((count) => (count === null ? null : -count)),
})

const sumOf = (counts: readonly (number | null)[]): number | null =>
  counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0)
