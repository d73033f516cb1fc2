import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
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

/** As people say it, without what halves of a share leave behind. */
const inPercent = (share: number): number => Math.round(share * 1000) / 10

/** Puts a version in force for some years: with whom it was agreed, and which way is better. */
export function ActivateMeasure({
  version,
  target: before,
  onClose,
  onDone,
}: {
  version: Version
  /** What was agreed on last for the measure. */
  target: number | null
  onClose: () => void
  onDone: () => void
}) {
  const [agreed, setAgreed] = useState(agreedFrom(String(new Date().getFullYear())))
  const [improvement, setImprovement] = useState(version.improvement)
  const [target, setTarget] = useState(before === null ? '' : String(inPercent(before)))
  const [idempotencyKey, setKey] = useState(newKey)
  const activate = useAct(Activate, (data) => data.activateMeasure, onDone)
  const input = {
    packageHash: version.hash,
    improvement,
    target: target === '' ? null : Number(target) / 100,
    ...termOf(agreed),
    idempotencyKey,
  }
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
      <TextField
        label={t.target}
        hint={t.targetHint}
        type="number"
        min={0.1}
        max={99.9}
        step={0.1}
        value={target}
        onChange={(event) => {
          setTarget(event.target.value)
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
