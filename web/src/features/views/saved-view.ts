import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts'

export const SavedView_view = graphql(`
  fragment SavedView_view on SavedView @_unmask {
    id
    name
    audience
    mine
    owner
    practiceName
    filter {
      practice
      condition
      clinician
      careManager
      openGap
      comingGap {
        withinDays
        measure
      }
      registry
      inPopulation {
        measure
        population
        period {
          start
          end
        }
      }
      tier
    }
    sort
    reversed
    columns
    version
  }
`)
export type View = ResultOf<typeof SavedView_view>

export const Views = graphql(
  `
    query Views_savedViews {
      savedViews(first: 200) {
        edges {
          node {
            ...SavedView_view
          }
        }
      }
    }
  `,
  [SavedView_view],
)

export const Save = graphql(
  `
    mutation Views_save($input: SaveViewInput!) {
      saveView(input: $input) {
        __typename
        ... on SavedView {
          ...SavedView_view
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [SavedView_view],
)
export const Withdraw = graphql(`
  mutation Views_withdraw($id: ID!, $version: Int!) {
    withdrawView(id: $id, version: $version) {
      __typename
      ... on SavedView {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

/** What of the page a view keeps. */
export type Shown = Pick<VariablesOf<typeof Save>['input'], 'filter' | 'sort' | 'reversed' | 'columns'>

/** Without what the connection adds to answers. */
export const shownBy = ({ filter, sort, reversed, columns }: View): Shown => {
  const { practice, condition, clinician, careManager, openGap, comingGap, registry, inPopulation, tier } = filter
  return {
    filter: {
      ...{ practice, condition, clinician, careManager, openGap, registry, tier },
      comingGap: comingGap && { withinDays: comingGap.withinDays, measure: comingGap.measure },
      inPopulation: inPopulation && {
        measure: inPopulation.measure,
        population: inPopulation.population,
        period: inPopulation.period && { start: inPopulation.period.start, end: inPopulation.period.end },
      },
    },
    ...{ sort, reversed, columns },
  }
}

/** Whether two lists are of the same people, in the same order and with the same columns. */
export const areAlike = (one: Shown, other: Shown): boolean => textOf(one) === textOf(other)

const textOf = ({ filter, sort, reversed, columns }: Shown): string => JSON.stringify([inOrder(filter), sort, reversed, columns])

const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .filter(([, one]) => one != null)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => [key, inOrder(one)])
    : value
