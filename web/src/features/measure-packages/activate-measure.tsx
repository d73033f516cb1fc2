import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { agreedFrom, AgreementFields, termOf } from './agreement-fields.tsx'
import type { Version } from './package-parts.ts'

const Activate = graphql(`
  mutation ActivateMeasure_activateMeasure($input: ActivateMeasureInput!) {
    activateMeasure(input: $input) {
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

const t = words.packages

/** Puts a version in force for some years: with whom it was agreed, and which way is better. */
export function ActivateMeasure({ version, onClose, onDone }: { version: Version; onClose: () => void; onDone: () => void }) {
  const [agreed, setAgreed] = useState(agreedFrom(String(new Date().getFullYear())))
  const [improvement, setImprovement] = useState(version.improvement)
  const [idempotencyKey, setKey] = useState(newKey)
  const activate = useAct(Activate, (data) => data.activateMeasure, onDone)
  const input = { packageHash: version.hash, improvement, ...termOf(agreed), idempotencyKey }
  return (
    <Act title={t.agreeOf(version.title, version.version)} verb={t.agree} act={() => activate({ input })} onClose={onClose}>
      <p className="soft">{t.agreeExplained}</p>
      <AgreementFields
        value={agreed}
        onChange={(next) => {
          setAgreed(next)
          setKey(newKey())
        }}
      />
      <SelectField
        label={t.better}
        hint={t.betterHint}
        value={improvement}
        disabled={version.isComputed}
        onChange={({ target }) => {
          setImprovement(target.value as typeof improvement)
          setKey(newKey())
        }}
      >
        <option value="INCREASE">{t.directions.INCREASE}</option>
        <option value="DECREASE">{t.directions.DECREASE}</option>
      </SelectField>
    </Act>
  )
}
