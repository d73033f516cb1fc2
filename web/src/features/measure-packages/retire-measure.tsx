import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { words } from '../../words/index.ts'
import { agreedFrom, AgreementFields, termOf } from './agreement-fields.tsx'
import type { Term } from './package-parts.ts'

const Retire = graphql(`
  mutation RetireMeasure_retireMeasure($input: RetireMeasureInput!) {
    retireMeasure(input: $input) {
      __typename
      ... on MeasureTerm {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Properties = { term: Pick<Term, 'measureId' | 'title'>; year: string; onClose: () => void; onDone: () => void }

/** Takes a measure out of the set of some years. */
export function RetireMeasure({ term, year, onClose, onDone }: Properties) {
  const [agreed, setAgreed] = useState(agreedFrom(year))
  const [idempotencyKey, setKey] = useState(newKey)
  const retire = useAct(Retire, (data) => data.retireMeasure, onDone)
  const change = (next: typeof agreed) => {
    setAgreed(next)
    setKey(newKey())
  }
  return (
    <Act
      title={words.packages.retireOf(term.title)}
      verb={words.packages.retire}
      act={() => retire({ input: { measureId: term.measureId, ...termOf(agreed), idempotencyKey } })}
      onClose={onClose}
    >
      <p className="soft">{words.packages.retireExplained}</p>
      <AgreementFields value={agreed} onChange={change} />
    </Act>
  )
}
