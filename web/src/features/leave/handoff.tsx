import { useState } from 'react'
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { words } from '../../words/index.ts'
import type { Cover } from './leave-parts.ts'

const Handoffs = graphql(`
  query Handoff_covers {
    covers(first: 100) {
      edges {
        node {
          id
          handoff {
            id
            situation
            background
            openItems
            risks
            version
            acknowledgedAt
          }
        }
      }
    }
  }
`)
const Write = graphql(`
  mutation Handoff_writeHandoff($input: WriteHandoffInput!) {
    writeHandoff(input: $input) {
      __typename
      ... on Handoff {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Acknowledge = graphql(`
  mutation Handoff_acknowledgeHandoff($coverId: ID!, $version: Int!) {
    acknowledgeHandoff(coverId: $coverId, version: $version) {
      __typename
      ... on Handoff {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Handoff = ResultOf<typeof Handoffs>['covers']['edges'][number]['node']['handoff']
type Dialog = { cover: Cover; onClose: () => void; onDone: () => void }

/** Read anew each time: it is open for a time, and to two people. */
const useHandoff = (coverId: string) => {
  const [result, again] = useQuery({ query: Handoffs, requestPolicy: 'network-only' })
  const handoff = result.data?.covers.edges.find(({ node }) => node.id === coverId)?.node.handoff ?? null
  return { result, again: () => again({ requestPolicy: 'network-only' }), handoff }
}

const PARTS = ['situation', 'background', 'openItems', 'risks'] as const

export function WriteHandoff({ cover, onClose, onDone }: Dialog) {
  const { result, again, handoff } = useHandoff(cover.id)
  return (
    <Loaded result={result} height={0} retry={again}>
      {() => <Writing cover={cover} handoff={handoff} onClose={onClose} onDone={onDone} />}
    </Loaded>
  )
}

function Writing({ cover, handoff, onClose, onDone }: Dialog & { handoff: Handoff }) {
  const empty = { situation: '', background: '', openItems: '', risks: '' }
  const [parts, setParts] = useState<Record<(typeof PARTS)[number], string>>(handoff ?? empty)
  const write = useAct(Write, (data) => data.writeHandoff, onDone)
  const text = words.leave
  const { situation, background, openItems, risks } = parts
  const act = () => write({ input: { coverId: cover.id, situation, background, openItems, risks, version: handoff?.version ?? 0 } })
  return (
    <Act title={text.handOverOf(cover.practice.name)} verb={text.handOver} act={act} onClose={onClose}>
      <p className="soft">{text.handOverHint}</p>
      {PARTS.map((part) => (
        <TextAreaField
          key={part}
          label={text[part]}
          required={part === 'situation'}
          maxLength={4000}
          rows={3}
          value={parts[part]}
          onChange={(event) => setParts({ ...parts, [part]: event.target.value })}
        />
      ))}
    </Act>
  )
}

export function ReadHandoff({ cover, onClose, onDone }: Dialog) {
  const { result, again, handoff } = useHandoff(cover.id)
  const acknowledge = useAct(Acknowledge, (data) => data.acknowledgeHandoff, onDone)
  const text = words.leave
  const act = async () => (handoff ? acknowledge({ coverId: cover.id, version: handoff.version }) : {})
  return (
    <Act title={text.handoffOf(cover.leaver, cover.practice.name)} verb={text.acknowledge} act={act} onClose={onClose}>
      <Loaded result={result} height={120} retry={again}>
        {() =>
          handoff ? (
            <>
              {PARTS.map((part) => (
                <div key={part}>
                  <h3>{text[part]}</h3>
                  <p style={{ whiteSpace: 'pre-wrap' }}>{handoff[part] || '–'}</p>
                </div>
              ))}
              {handoff.acknowledgedAt && <p className="soft">{text.acknowledged}</p>}
            </>
          ) : (
            <p>{text.noHandoff}</p>
          )
        }
      </Loaded>
    </Act>
  )
}
