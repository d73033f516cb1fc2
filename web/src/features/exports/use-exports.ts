import { useEffect, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { type Outcome, outcomeOf } from '../../lib/outcome.ts'
import type { Shown } from '../views/saved-view.ts'

const Files = graphql(`
  query Exports_listExports {
    listExports {
      id
      format
      state
      written
      total
      requestedAt
      expiresAt
      failure
    }
  }
`)
export type ListFile = ResultOf<typeof Files>['listExports'][number]

const Ask = graphql(`
  mutation Exports_ask($input: AskForExportInput!) {
    askForExport(input: $input) {
      __typename
      ... on ListExport {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
export type Format = VariablesOf<typeof Ask>['input']['format']

const LOOK_EVERY_MS = 1000

/** Files of the list that the reader asked for; while one is being made, how far it is. */
export function useExports() {
  const mayAsk = useMay()('create', 'ListExport')
  const [{ data }, again] = useQuery({ query: Files, pause: !mayAsk })
  const [, send] = useMutation(Ask)
  const [outcome, setOutcome] = useState<Outcome>({})
  /** Asked for since the page was opened: these are told of outside of the menu. */
  const [asked, setAsked] = useState<readonly string[]>([])
  const files = data?.listExports ?? []
  const isWaiting = files.some(({ state }) => state === 'UNDER_WAY')
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting, again])
  return {
    mayAsk,
    files,
    latest: files.find(({ id }) => asked.includes(id)),
    outcome,
    async ask(format: Format, shown: Shown, ids: readonly string[]) {
      const patientIds = ids.length > 0 ? [...ids] : null
      const answer = await send({ input: { ...shown, format, patientIds, idempotencyKey: newKey() } })
      setOutcome(outcomeOf(answer, ({ askForExport }) => askForExport))
      const made = answer.data?.askForExport
      if (made?.__typename === 'ListExport') setAsked((before) => [made.id, ...before])
      again({ requestPolicy: 'network-only' })
    },
  }
}
