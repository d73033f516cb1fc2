import { useQuery } from 'urql'
import type { Command } from '../../app/shell.tsx'
import { shortDay } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useSettled } from '../../lib/settled.ts'
import { words } from '../../words/index.ts'

const FoundPatients = graphql(`
  query Palette_patients($search: String!) {
    patients(first: 8, search: $search) {
      edges {
        node {
          id
          familyName
          givenName
          birthDate
        }
      }
    }
  }
`)

/** The practice's patients whose name or record number fits, from the second letter on. */
export function usePatientCommands(text: string, go: (path: string) => void): readonly Command[] {
  const search = useSettled(text)
  const [{ data }] = useQuery({ query: FoundPatients, variables: { search }, pause: search.length < 2, requestPolicy: 'network-only' })
  if (search.length < 2 || search !== text) return []
  return (data?.patients.edges ?? []).map(({ node }) => ({
    key: node.id,
    label: words.patient.name(node.familyName, node.givenName),
    ...(node.birthDate && { detail: words.palette.born(shortDay(node.birthDate)) }),
    icon: 'person',
    run: () => go(`/patients/${node.id}`),
  }))
}
