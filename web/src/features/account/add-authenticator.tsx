import { type FormEvent, useEffect, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { makePasskey } from '../../lib/passkey.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import styles from './account-page.module.css'
import { QrCode } from './qr-code.tsx'
import type { useStepUp } from './step-up.ts'

const BeginTotp = graphql(`
  mutation AddTotp_beginTotp {
    beginTotp {
      __typename
      ... on TotpSecret {
        secret
        uri
      }
      ... on Refused {
        code
        message
      }
    }
  }
`)
const AddTotpApp = graphql(`
  mutation AddTotp_addTotp($input: AddTotpInput!) {
    addTotp(input: $input) {
      __typename
      ... on AuthenticatorAdded {
        recoveryCodes
      }
      ... on Refused {
        message
      }
    }
  }
`)
const BeginPasskey = graphql(`
  mutation AddPasskey_beginPasskey {
    beginPasskey {
      __typename
      ... on PasskeyQuestion {
        options
      }
      ... on Refused {
        code
        message
      }
    }
  }
`)
const AddPasskeyMade = graphql(`
  mutation AddPasskey_addPasskey($input: AddPasskeyInput!) {
    addPasskey(input: $input) {
      __typename
      ... on AuthenticatorAdded {
        recoveryCodes
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Adding = {
  confirmed: ReturnType<typeof useStepUp>
  onClose: () => void
  onAdded: (recoveryCodes: readonly string[]) => void
}

/** Scan, type the code that the app shows, done. */
export function AddTotp({ confirmed, onClose, onAdded }: Adding) {
  const [secret, setSecret] = useState<{ secret: string; uri: string } | null>(null)
  const [label, setLabel] = useState('')
  const [code, setCode] = useState('')
  const [refused, setRefused] = useState<string>()
  const [, begin] = useMutation(BeginTotp)
  const [{ fetching }, add] = useMutation(AddTotpApp)

  useEffect(() => {
    void confirmed(async () => (await begin({})).data?.beginTotp).then((begun) => {
      if (begun?.__typename === 'TotpSecret') setSecret(begun)
      else onClose()
    })
    // Once: each beginning is another secret.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = (await add({ input: { label, code } })).data?.addTotp
    if (done?.__typename === 'AuthenticatorAdded') return onAdded(done.recoveryCodes)
    setCode('')
    setRefused(done?.message)
  }
  if (!secret) return null
  return (
    <Dialog title={words.account.addAuthenticator} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p>{words.account.scan}</p>
        <QrCode text={secret.uri} label={words.account.qr} className={styles['qr']} />
        <p className={styles['key']}>
          {words.account.key}: <code>{secret.secret.match(/.{4}/g)?.join(' ')}</code>
        </p>
        <TextField
          label={words.account.label}
          hint={words.account.labelHint}
          maxLength={60}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <TextField
          label={words.proof.code}
          hint={words.proof.codeHint}
          error={refused}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button look="primary" type="submit" disabled={fetching}>
          {words.account.add}
        </Button>
      </form>
    </Dialog>
  )
}

export function AddPasskey({ confirmed, onClose, onAdded }: Adding) {
  const [label, setLabel] = useState('')
  const [refused, setRefused] = useState<string>()
  const [, begin] = useMutation(BeginPasskey)
  const [{ fetching }, add] = useMutation(AddPasskeyMade)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefused(undefined)
    const begun = await confirmed(async () => (await begin({})).data?.beginPasskey)
    if (begun?.__typename !== 'PasskeyQuestion') return setRefused(begun?.message)
    const answer = await makePasskey(begun.options)
    if (answer === null) return setRefused(words.proof.passkeyFailed)
    const done = (await add({ input: { label, answer } })).data?.addPasskey
    if (done?.__typename === 'AuthenticatorAdded') onAdded(done.recoveryCodes)
    else setRefused(done?.message)
  }
  return (
    <Dialog title={words.account.addPasskey} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p className="soft">{words.proof.passkeyHint}</p>
        <TextField
          label={words.account.label}
          hint={words.account.labelHint}
          error={refused}
          maxLength={60}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <Button look="primary" type="submit" disabled={fetching}>
          {words.account.addPasskey}
        </Button>
      </form>
    </Dialog>
  )
}
