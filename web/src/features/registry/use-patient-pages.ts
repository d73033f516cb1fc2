import { graphql, type FragmentOf, type ResultOf, type VariablesOf } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { RegistryRow_patient } from './registry-columns.tsx'

const PatientPage = graphql(
  `
    query RegistryPage_patients(
      $first: Int!
      $after: String
      $search: String
      $practice: String
      $condition: String
      $clinician: String
      $careManager: String
      $openGap: String
      $comingGap: ComingGapInput
      $registry: String
      $tier: Int
      $inPopulation: PopulationInput
      $sort: PatientSort
      $reversed: Boolean
      $clinical: Boolean!
      $identifiers: Boolean!
      $coming: Boolean!
    ) {
      patients(
        first: $first
        after: $after
        search: $search
        practice: $practice
        condition: $condition
        clinician: $clinician
        careManager: $careManager
        openGap: $openGap
        comingGap: $comingGap
        registry: $registry
        tier: $tier
        inPopulation: $inPopulation
        sort: $sort
        reversed: $reversed
      ) {
        totalCount
        edges {
          node {
            id
            ...RegistryRow_patient
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [RegistryRow_patient],
)

export type RegistryPatient = { id: string } & FragmentOf<typeof RegistryRow_patient>
export type RegistryFilter = Omit<VariablesOf<typeof PatientPage>, 'first' | 'after'>

/** The registry under a filter. A list left for a chart stands as it was, with the reader's place in it. */
export const usePatientPages = (filter: RegistryFilter) =>
  usePages(PatientPage, filter, ({ patients }): PatientConnection => patients, { keep: 'registry-pages' })

type PatientConnection = ResultOf<typeof PatientPage>['patients']
