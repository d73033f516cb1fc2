import { useState } from 'react'
import { useClient } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import type { Outcome } from '../../lib/outcome.ts'
import type { RegistryFilter } from './use-patient-pages.ts'

/** As many as one act takes: the API adds up to 200 people to a huddle at once. */
export const MOST_CHOSEN = 200

const Ids = graphql(`
  query UseChosen_patients(
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
  ) {
    patients(
      first: 200
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
      edges {
        node {
          id
        }
      }
    }
  }
`)

/** People chosen in a list. Whoever filters anew begins anew: nobody acts on people whom they do not see. */
export function useChosen(filter: RegistryFilter) {
  const { clinical: _, identifiers: __, coming: ___, sort, reversed, ...narrowed } = filter
  const key = JSON.stringify(narrowed)
  const client = useClient()
  const [kept, keep] = useState<{ readonly key: string; readonly ids: ReadonlySet<string> }>({ key, ids: NOBODY })
  const [outcome, setOutcome] = useState<Outcome>({})
  const ids = kept.key === key ? kept.ids : NOBODY
  const choose = (next: Iterable<string>) => keep({ key, ids: new Set([...next].slice(0, MOST_CHOSEN)) })
  return {
    ids,
    outcome,
    clear: () => choose([]),
    toggle: (id: string) => choose(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]),
    /** Those of some rows, or none of them where all are chosen. */
    toggleAll: (of: readonly string[]) =>
      choose(of.every((id) => ids.has(id)) ? [...ids].filter((id) => !of.includes(id)) : [...ids, ...of.filter((id) => !ids.has(id))]),
    /** The first of everybody whom the filter finds, in the list's order. */
    async chooseFirst() {
      const { data, error } = await client.query(Ids, { ...narrowed, sort, reversed }, { requestPolicy: 'network-only' }).toPromise()
      setOutcome({ error })
      if (data) choose(data.patients.edges.map(({ node }) => node.id))
    },
  }
}

const NOBODY: ReadonlySet<string> = new Set()
