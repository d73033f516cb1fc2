import { useCallback, useEffect, useRef } from 'react'
import { type CombinedError, useClient } from 'urql'
import { graphql, type FragmentOf, type VariablesOf } from '../../lib/graphql.ts'
import { useKept } from '../../lib/kept.ts'
import { RegistryRow_patient } from './registry-columns.tsx'

const PAGE = 100

const PatientPage = graphql(
  `
    query RegistryPage_patients(
      $first: Int!
      $after: String
      $search: String
      $condition: String
      $openGap: String
      $sort: PatientSort
      $clinical: Boolean!
      $identifiers: Boolean!
    ) {
      patients(first: $first, after: $after, search: $search, condition: $condition, openGap: $openGap, sort: $sort) {
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

type Pages = {
  filter: string
  rows: RegistryPatient[]
  total: number
  next: string | null
  fetching: boolean
  error: CombinedError | undefined
  loadedAt: number
}
const NOTHING: Pages = { filter: '', rows: [], total: 0, next: null, fetching: true, error: undefined, loadedAt: 0 }
/** A list left for a chart and come back to within this time stands as it was, with the reader's place in it. */
const KEEP_MS = 5 * 60_000

/**
 * The registry under a filter, growing by a page at a time as the reader nears the end. While another filter loads, the rows of the
 * one before stay; `fresh` is false meanwhile.
 */
export function usePatientPages(filter: RegistryFilter) {
  const client = useClient()
  const [pages, setPages] = useKept<Pages>('registry-pages', NOTHING)
  const latest = useRef(pages)
  const key = JSON.stringify(filter)

  const show = useCallback(
    (next: Pages) => {
      latest.current = next
      setPages(next)
    },
    [setPages],
  )

  const load = useCallback(
    async (wanted: string, after: string | null) => {
      const before = latest.current
      show(
        after === null ? { ...before, filter: wanted, fetching: true, error: undefined } : { ...before, fetching: true, error: undefined },
      )
      const variables = { ...(JSON.parse(wanted) as RegistryFilter), first: PAGE, after }
      const { data, error } = await client.query(PatientPage, variables, { requestPolicy: 'network-only' }).toPromise()
      // Another filter was asked for while this answer was on its way.
      if (latest.current.filter !== wanted) return
      if (!data) return show({ ...latest.current, fetching: false, error })
      const { edges, pageInfo, totalCount } = data.patients
      const rows = edges.map((edge) => edge.node)
      show({
        filter: wanted,
        rows: after === null ? rows : [...latest.current.rows, ...rows],
        total: totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
        fetching: false,
        error,
        loadedAt: Date.now(),
      })
    },
    [client, show],
  )

  useEffect(() => {
    const kept = latest.current
    if (kept.filter === key && !kept.fetching && !kept.error && Date.now() - kept.loadedAt < KEEP_MS) return
    void load(key, null)
  }, [key, load])

  const more = () => {
    const { next, fetching, error } = latest.current
    if (next !== null && !fetching && !error) void load(latest.current.filter, next)
  }
  const retry = () => void load(key, latest.current.filter === key ? latest.current.next : null)

  return { ...pages, fresh: pages.filter === key && !(pages.fetching && pages.loadedAt === 0), more, retry }
}
