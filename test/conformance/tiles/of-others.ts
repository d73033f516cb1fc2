import type { LabelledRegion } from './labelled-region.ts'
import { answered, COUNTS, type Figures, figuresOf, linesOf, type POPULATIONS, type Tile } from './tile.ts'

const SCORES = `{ practice { scores { measure { id } period { start end } ${COUNTS} } } }`

/** What the coordinating body is shown of a practice is the practice's own score. */
export async function tilesOfRegion({ sql, signedIn }: LabelledRegion, practices: readonly string[]): Promise<Tile[]> {
  const [body] = await sql<{ id: string }>(`select id from organization where kind = 'coordinating-body'`)
  const { region } = await answered(
    await signedIn('region-administrator', body!.id),
    `{ region { practices { organization { id } hidden scores { measure { id } period { start end } ${COUNTS} } } } }`,
  )
  const own = new Map<string, Figures[]>()
  for (const practice of practices)
    own.set(practice, (await answered(await signedIn('practice-quality-lead', practice), SCORES)).practice.scores)
  return region.practices.flatMap((row: { organization: { id: string }; hidden: string[]; scores: Figures[] }) => {
    const told = own.get(row.organization.id)!
    expect([...row.hidden, ...row.scores.map(({ measure }) => measure.id)].sort()).toEqual(told.map(({ measure }) => measure.id).sort())
    return row.scores.flatMap((score) =>
      Object.entries(figuresOf(score)).map(([population, shown]) => ({
        ...{ kind: 'region', name: `${row.organization.id} ${score.measure.id} ${population}`, shown },
        elsewhere: async () => ({
          practice: figuresOf(told.find(({ measure }) => measure.id === score.measure.id)!)[population as keyof typeof POPULATIONS],
        }),
      })),
    )
  })
}

/** A release is the score of the payer's members, in the API and in the file, or hidden in both. */
export async function tilesOfPayer({ sql, signedIn }: LabelledRegion, payer: string): Promise<Tile[]> {
  const caller = await signedIn('payer-analyst', payer)
  const { performance } = await answered(
    caller,
    `{ performance { rows { scope practice { id name } measure { id } hidden rate interval { low high } ${COUNTS} } } }`,
  )
  const lines = await linesOf(caller, '/exports/performance.csv')
  expect(lines).toHaveLength(performance.rows.length)
  type Row = Figures & { readonly scope: string; readonly practice: { id: string; name: string } | null; readonly hidden: boolean }
  return performance.rows.flatMap((row: Row & { rate: number | null; interval: object | null }) => {
    const head = `${row.scope.toLowerCase()},${row.practice?.name ?? ''},${row.measure.id},`
    const [line, ...more] = lines.filter((one) => one.startsWith(head))
    expect(more).toEqual([])
    const [, , , hidden, ...inFile] = line!.slice(head.length).split(',')
    const counts = [row.initialPopulation, row.denominator, row.denominatorExclusion, row.denominatorException, row.numerator]
    expect(hidden).toBe(row.hidden ? 'yes' : 'no')
    if (row.hidden) {
      expect([...counts, row.rate, row.interval, ...inFile.slice(0, 8)]).toEqual([...Array(7).fill(null), ...Array(8).fill('')])
      return []
    }
    return counts.map((shown, index) => ({
      ...{ kind: 'releases', name: `${payer} ${head} ${index}`, shown },
      elsewhere: async () => {
        const [score] = await sql<{ counts: number[] }>(
          `select array[s.initial_population, s.denominator, s.denominator_exclusion, s.denominator_exception, s.numerator] as counts
             from payer_score s join publication u on u.run_id = s.run_id
            where s.payer_id = $1 and s.practice_id is not distinct from $2 and s.measure_id = $3 and s.group_index = 0`,
          [payer, row.practice?.id ?? null, row.measure.id],
        )
        return { score: score!.counts[index]!, file: Number(inFile[index]) }
      },
    }))
  })
}
