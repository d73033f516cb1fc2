import { type LabelledRegion, PERIOD } from './labelled-region.ts'
import { answered, COUNTS, type Figures, figuresOf, linesOf, list, living, POPULATIONS, type Tile } from './tile.ts'

const PRACTICE = `{
  practice {
    chartCount deceasedCount
    scores { measure { id } period { start end } ${COUNTS} }
    gapCounts { measure { id } open }
    panelGaps { clinician measure { id } open counted }
    panels { clinician count }
    careManagers { careManager count }
    conditionCounts { condition { key } count }
    concentration { people gaps }
    months { measures { measure { id } points { end counted numerator } } }
  }
  registries { id size }
}`

/** What a practice's clinician is shown. `apart` takes up whose place in a score and in the list behind it are not the same. */
export async function tilesOfPractice({ sql, signedIn }: LabelledRegion, practice: string, apart: Set<string>): Promise<Tile[]> {
  const caller = await signedIn('clinician', practice)
  const { practice: of, registries } = await answered(caller, PRACTICE)
  // Charts with a labelled record that nobody agreed to show the practice.
  const closed = new Set(
    (
      await sql<{ id: string }>(
        `select distinct v.patient_id as id from resource_version v where v.practice_id = $1 and v.sensitivity is not null
            and not exists (select from consent a where a.patient_id = v.patient_id and a.category = v.sensitivity)`,
        [practice],
      )
    ).map(({ id }) => id),
  )
  const scores: Figures[] = of.scores
  const listed = (filter: object) => async () => ({ list: (await list(caller, filter)).length })

  /** A score counts labelled records, whoever looks. The list has the same people, but for those whose place such a record decides. */
  const behind = (measure: string, population: keyof typeof POPULATIONS) => async () => {
    const official = new Set(
      (
        await sql<{ id: string }>(
          `select m.patient_id as id from measure_membership m join publication u on u.run_id = m.run_id and u.period_end = $3
            where m.practice_id = $1 and m.measure_id = $2 and m.group_index = 0 and ${POPULATIONS[population]}`,
          [practice, measure, PERIOD.end],
        )
      ).map(({ id }) => id),
    )
    const told = new Set((await list(caller, { inPopulation: { measure, population, period: PERIOD } })).map(({ id }) => id))
    const moved = [...official, ...told].filter((id) => official.has(id) !== told.has(id))
    for (const id of moved) if (closed.has(id)) apart.add(id)
    expect({ measure, population, without: moved.filter((id) => !closed.has(id)) }).toEqual({ measure, population, without: [] })
    return { records: official.size }
  }

  return [
    ...scores.flatMap((score) =>
      Object.entries(figuresOf(score)).map(([population, shown]) => ({
        ...{ kind: 'score', name: `${score.measure.id} ${population}`, shown },
        elsewhere: behind(score.measure.id, population as keyof typeof POPULATIONS),
      })),
    ),
    ...of.gapCounts.map(({ measure: { id }, open }: { measure: { id: string }; open: number }) => ({
      ...{ kind: 'gaps', name: id, shown: open },
      elsewhere: async () => ({
        list: (await list(caller, { openGap: id })).length,
        population: living(await list(caller, { inPopulation: { measure: id, population: 'OPEN' } })),
        file: (await linesOf(caller, `/exports/outreach.csv?measure=${id}`)).length,
      }),
    })),
    ...of.panelGaps.flatMap((row: { measure: { id: string }; clinician: string; open: number; counted: number }) => {
      const { clinician } = row
      const inPopulation = { measure: row.measure.id, population: 'COUNTED' }
      const name = `${row.measure.id} of ${clinician}`
      return [
        { kind: 'panel gaps', name, shown: row.open, elsewhere: listed({ clinician, openGap: row.measure.id }) },
        {
          ...{ kind: 'panel gaps', name: `${name}, counted`, shown: row.counted },
          elsewhere: async () => ({ list: living(await list(caller, { clinician, inPopulation })) }),
        },
      ]
    }),
    ...of.conditionCounts.map(({ condition: { key }, count }: { condition: { key: string }; count: number }) => ({
      ...{ kind: 'conditions', name: key, shown: count },
      elsewhere: listed({ condition: key }),
    })),
    ...registries.map(({ id, size }: { id: string; size: number }) => ({
      ...{ kind: 'registries', name: id, shown: size },
      elsewhere: listed({ registry: id }),
    })),
    ...of.panels.map(({ clinician, count }: { clinician: string; count: number }) => ({
      ...{ kind: 'people', name: clinician, shown: count },
      elsewhere: listed({ clinician }),
    })),
    ...of.careManagers.map(({ careManager, count }: { careManager: string; count: number }) => ({
      ...{ kind: 'people', name: careManager, shown: count },
      elsewhere: listed({ careManager }),
    })),
    {
      ...{ kind: 'people', name: 'everybody', shown: of.chartCount - of.deceasedCount },
      elsewhere: async () => ({ list: (await list(caller, {})).length, curve: of.concentration.people }),
    },
    {
      ...{ kind: 'people', name: 'what is open of everybody', shown: of.concentration.gaps },
      elsewhere: async () => ({ list: (await list(caller, {})).reduce((sum, { openGapCount }) => sum + openGapCount, 0) }),
    },
    ...of.months.measures.flatMap(
      ({ measure, points }: { measure: { id: string }; points: (Figures & { end: string; counted: number })[] }) =>
        points
          .filter(({ end }) => end === PERIOD.end)
          .map(({ counted, numerator }) => {
            const score = scores.find((one) => one.measure.id === measure.id && one.period.end === PERIOD.end)!
            const elsewhere = async () => ({ score: figuresOf(score).COUNTED * 1000 + score.numerator })
            return { kind: 'months', name: measure.id, shown: counted * 1000 + numerator, elsewhere }
          }),
    ),
  ].map((tile) => ({ ...tile, name: `${practice}: ${tile.name}` }))
}
