import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Check, Choices } from '../../ui/choices.tsx'
import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { agreedFrom, AgreementFields, termOf } from './agreement-fields.tsx'
import type { StrataTerm } from './strata-agreement.tsx'

const Agree = graphql(`
  mutation AgreeOnStrata_agreeOnStrata($input: AgreeOnStrataInput!) {
    agreeOnStrata(input: $input) {
      __typename
      ... on StrataTerm {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.strata

type Groups = { readonly ages: string; readonly bySex: boolean; readonly byZip3: boolean }
type Properties = { now: StrataTerm | undefined; year: string; onClose: () => void; onDone: () => void }

/** Agrees on the groups of some years: with whom, and by what. */
export function AgreeOnStrata({ now, year, onClose, onDone }: Properties) {
  const [agreed, setAgreed] = useState(agreedFrom(year))
  const [groups, setGroups] = useState<Groups>({
    ages: now?.ageBounds?.join(', ') ?? '',
    bySex: now?.bySex ?? false,
    byZip3: now?.byZip3 ?? false,
  })
  const [idempotencyKey, setKey] = useState(newKey)
  const agree = useAct(Agree, (data) => data.agreeOnStrata, onDone)
  const change = (next: Partial<Groups>) => {
    setGroups({ ...groups, ...next })
    setKey(newKey())
  }
  const input = {
    ...termOf(agreed),
    ageBounds: boundsOf(groups.ages),
    bySex: groups.bySex,
    byZip3: groups.byZip3,
    idempotencyKey,
  }
  return (
    <Act title={t.agree} verb={t.agree} act={() => agree({ input })} onClose={onClose}>
      <p className="soft">{t.agreeExplained}</p>
      <AgreementFields
        value={agreed}
        onChange={(next) => {
          setAgreed(next)
          setKey(newKey())
        }}
      />
      <TextField
        label={t.ageBounds}
        hint={t.ageBoundsHint}
        pattern="\s*([0-9]+(\s*,\s*[0-9]+)*)?\s*"
        title={t.ageBoundsFault}
        value={groups.ages}
        onChange={({ target }) => change({ ages: target.value })}
      />
      <Choices legend={t.alsoBy}>
        <Check label={t.bySex} checked={groups.bySex} onChange={(bySex) => change({ bySex })} />
        <Check label={t.byZip3} hint={t.byZip3Hint} checked={groups.byZip3} onChange={(byZip3) => change({ byZip3 })} />
      </Choices>
    </Act>
  )
}

/** Empty: not by age. The form lets nothing but numbers and commas through. */
const boundsOf = (ages: string): number[] | null => (ages.trim() === '' ? null : ages.split(',').map(Number))
