import { type FormEvent, useState } from 'react'
import { type CombinedError, useMutation } from 'urql'
import { graphql, type VariablesOf } from '../../lib/graphql.ts'
import { answerPasskey } from '../../lib/passkey.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'
import styles from './proof-form.module.css'

const AskPasskey = graphql(`
  mutation ProofForm_askPasskey($purpose: PasskeyPurpose!) {
    askPasskey(purpose: $purpose) {
      __typename
      ... on PasskeyQuestion {
        options
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Purpose = VariablesOf<typeof AskPasskey>['purpose']
export type Way = 'PASSWORD' | 'PASSKEY' | 'TOTP' | 'RECOVERY_CODE'
export type Proof = { password?: string; passkey?: string; totp?: string; recoveryCode?: string }
/** Null: it was right. */
type Told = string | CombinedError | null

/** One proof of who somebody is: the first way that they have, and the others a button away. */
export function ProofForm({
  ways,
  purpose,
  submit,
  onProve,
}: {
  ways: readonly Way[]
  purpose: Purpose
  submit: string
  onProve: (proof: Proof) => Promise<Told>
}) {
  const [way, setWay] = useState<Way>(ways[0] ?? 'PASSWORD')
  const [value, setValue] = useState('')
  const [told, setTold] = useState<Told>(null)
  const [busy, setBusy] = useState(false)
  const [, askPasskey] = useMutation(AskPasskey)

  const prove = async (make: () => Promise<Proof | string>) => {
    setBusy(true)
    setTold(null)
    const proof = await make()
    setTold(typeof proof === 'string' ? proof : await onProve(proof))
    setBusy(false)
    setValue('')
  }
  const passkey = () =>
    prove(async () => {
      const { data } = await askPasskey({ purpose })
      if (data?.askPasskey.__typename !== 'PasskeyQuestion') return data?.askPasskey.message ?? words.proof.passkeyFailed
      const answer = await answerPasskey(data.askPasskey.options)
      return answer === null ? words.proof.passkeyFailed : { passkey: answer }
    })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (way === 'PASSKEY') return void passkey()
    const proof: Proof = way === 'PASSWORD' ? { password: value } : way === 'TOTP' ? { totp: value } : { recoveryCode: value }
    void prove(() => Promise.resolve(proof))
  }
  const others = ways.filter((one) => one !== way)

  return (
    <form className={styles['form']} onSubmit={onSubmit}>
      {told !== null && typeof told !== 'string' && <Problem error={told} />}
      {way === 'PASSKEY' ? (
        <>
          {typeof told === 'string' && (
            <Notice tone="warn" title={words.proof.notConfirmed} urgent>
              {told}
            </Notice>
          )}
          <p className="soft">{words.proof.passkeyHint}</p>
          <Button look="primary" type="submit" disabled={busy}>
            {words.proof.usePasskey}
          </Button>
        </>
      ) : (
        <>
          <TextField
            key={way}
            {...FIELDS[way]}
            error={typeof told === 'string' ? told : undefined}
            required
            autoFocus
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
          <Button look="primary" type="submit" disabled={busy}>
            {submit}
          </Button>
        </>
      )}
      {others.map((one) => (
        <Button
          key={one}
          look="quiet"
          onClick={() => {
            setWay(one)
            setTold(null)
            setValue('')
          }}
        >
          {words.proof.instead[one]}
        </Button>
      ))}
    </form>
  )
}

const FIELDS = {
  PASSWORD: { label: words.signIn.password, type: 'password', name: 'password', autoComplete: 'current-password' },
  TOTP: { label: words.proof.code, hint: words.proof.codeHint, inputMode: 'numeric', name: 'code', autoComplete: 'one-time-code' },
  RECOVERY_CODE: { label: words.proof.recoveryCode, hint: words.proof.recoveryCodeHint, name: 'recovery-code', autoComplete: 'off' },
} as const
