import { type Caller, nodesOf } from '../../support/api.ts'

/** A figure as it is shown, and the same wherever else it can be had. */
export interface Tile {
  readonly kind: string
  readonly name: string
  readonly shown: number
  readonly elsewhere: () => Promise<Readonly<Record<string, number>>>
}

export async function answered(caller: Caller, query: string, variables: object = {}) {
  const { data, errors } = await caller.ask(query, variables)
  expect(errors).toEqual([])
  return data
}

const LIST = `query ($after: String, $search: String, $condition: String, $clinician: String, $careManager: String, $openGap: String,
                     $registry: String, $inPopulation: PopulationInput) {
  patients(first: 200, after: $after, search: $search, condition: $condition, clinician: $clinician, careManager: $careManager,
           openGap: $openGap, registry: $registry, inPopulation: $inPopulation) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id deceased openGapCount } }
  }
}`
interface Listed {
  readonly id: string
  readonly deceased: string | null
  readonly openGapCount: number
}

/** A list to its end, which is as long as it says. */
export async function list(caller: Caller, filter: object): Promise<Listed[]> {
  const all: Listed[] = []
  for (let after: string | null = null; ;) {
    const { patients } = await answered(caller, LIST, { ...filter, after })
    all.push(...nodesOf(patients))
    if (!patients.pageInfo.hasNextPage) {
      expect(new Set(all.map(({ id }) => id)).size).toBe(patients.totalCount)
      return all
    }
    after = patients.pageInfo.endCursor
  }
}
export const living = (all: readonly Listed[]): number => all.filter(({ deceased }) => deceased === null).length

export async function linesOf(caller: Caller, path: string): Promise<string[]> {
  const response = await caller.fetch(path)
  expect(response.status).toBe(200)
  return (await response.text()).trimEnd().split('\r\n').slice(1)
}

export const POPULATIONS = {
  INITIAL_POPULATION: 'initial_population > 0',
  DENOMINATOR: 'denominator > 0',
  DENOMINATOR_EXCLUSION: 'denominator_exclusion > 0',
  DENOMINATOR_EXCEPTION: 'denominator_exception > 0',
  NUMERATOR: 'numerator > 0',
  COUNTED: 'denominator - denominator_exclusion - denominator_exception > 0',
} as const
export interface Figures {
  readonly measure: { readonly id: string }
  readonly period: { readonly start: string; readonly end: string }
  readonly initialPopulation: number
  readonly denominator: number
  readonly denominatorExclusion: number
  readonly denominatorException: number
  readonly numerator: number
}
export const figuresOf = (score: Figures): Readonly<Record<keyof typeof POPULATIONS, number>> => ({
  INITIAL_POPULATION: score.initialPopulation,
  DENOMINATOR: score.denominator,
  DENOMINATOR_EXCLUSION: score.denominatorExclusion,
  DENOMINATOR_EXCEPTION: score.denominatorException,
  NUMERATOR: score.numerator,
  COUNTED: score.denominator - score.denominatorExclusion - score.denominatorException,
})
export const COUNTS = 'initialPopulation denominator denominatorExclusion denominatorException numerator'
