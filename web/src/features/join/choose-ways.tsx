import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useMutation } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { makePasskey } from '../../lib/passkey.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'
import { QrCode } from '../account/qr-code.tsx'
import { BirthDate } from './birth-date.tsx'
import styles from './join-page.module.css'

const Begin = graphql(`
  mutation ChooseWays_beginAcceptance($token: String!, $birthDate: Day, $password: String) {
    beginAcceptance(token: $token, birthDate: $birthDate, password: $password) {
      __typename
      ... on AcceptanceBegun {
        secret
        uri
        passkeyOptions
      }
      ... on Refused {
        code
        message
      }
    }
  }
`)
const Accept = graphql(`
  mutation ChooseWays_acceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      __typename
      ... on InvitationAccepted {
        recoveryCodes
      }
      ... on Refused {
        code
        message
      }
    }
  }
`)

type Begun = Extract<NonNullable<ResultOf<typeof Begin>['beginAcceptance']>, { __typename: 'AcceptanceBegun' }>

/** Characters of a password with an app beside it (NIST SP 800-63B-4, section 3.1.1.2); the lists that guessers try are looked at when it is sent, at `Go on` first. */
const LEAST = 8

/** What somebody will sign in with from now on: a passkey, or a password with an app. */
export function ChooseWays({
  token,
  asksBirthDate,
  renews,
  onDone,
}: {
  token: string
  asksBirthDate: boolean
  /** In place of what they have. */
  renews: boolean
  onDone: () => void
}) {
  const [birthDate, setBirthDate] = useState('')
  const born = birthDate || null
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [password, setPassword] = useState('')
  const [isLeft, setLeft] = useState(false)
  const length = [...password.normalize('NFC')].length
  const [code, setCode] = useState('')
  const [refused, setRefused] = useState<{ code?: string; message: string } | null>(null)
  const isPassword = refused?.code?.startsWith('Password') ?? false
  const field = useRef<HTMLInputElement>(null)
  // Who does not see the field is read what is wrong with it.
  useEffect(() => {
    if (isPassword) field.current?.focus()
  }, [refused, isPassword])
  const [, begin] = useMutation(Begin)
  const [{ fetching }, accept] = useMutation(Accept)

  const start = async (wish: string | null): Promise<Begun | null> => {
    const fresh = (await begin({ token, birthDate: born, password: wish })).data?.beginAcceptance
    if (fresh?.__typename === 'AcceptanceBegun') return fresh
    setRefused(fresh ?? null)
    return null
  }
  const send = async (input: { password?: string; code?: string; passkey?: string }) => {
    const done = (await accept({ input: { token, birthDate: born, ...input } })).data?.acceptInvitation
    if (done?.__typename === 'Refused') return setRefused(done)
    if (done) return done.recoveryCodes.length > 0 ? setCodes(done.recoveryCodes) : onDone()
  }
  const withPasskey = async () => {
    setRefused(null)
    const started = await start(null)
    if (!started) return
    const passkey = started.passkeyOptions ? await makePasskey(started.passkeyOptions) : null
    if (passkey === null) return setRefused({ message: words.proof.passkeyFailed })
    await send({ passkey })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefused(null)
    if (!begun) return setBegun(await start(password))
    await send({ password, code })
  }

  if (codes)
    return (
      <>
        <h2>{words.account.codesTitle}</h2>
        <p>{words.account.codesAdvice}</p>
        <ol className={styles['codes']}>
          {codes.map((one) => (
            <li key={one}>
              <code>{one}</code>
            </li>
          ))}
        </ol>
        <Button look="primary" onClick={onDone}>
          {words.account.codesKept}
        </Button>
      </>
    )
  return (
    <>
      <h2>{words.join.choose}</h2>
      {refused && !isPassword && (
        <Notice tone="warn" title={words.join.refused} urgent>
          {refused.message}
        </Notice>
      )}
      {asksBirthDate && <BirthDate value={birthDate} onChange={setBirthDate} />}
      <h3>{words.join.withPasskey}</h3>
      <p className="soft">{words.join.withPasskeyWhy}</p>
      <Button look="primary" disabled={fetching || (asksBirthDate && !birthDate)} onClick={() => void withPasskey()}>
        {renews ? words.join.makePasskeyOnly : words.join.makePasskey}
      </Button>
      <h3>{words.join.withPassword}</h3>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <TextField
          label={words.signIn.password}
          hint={words.join.passwordHint}
          type="password"
          autoComplete="new-password"
          required
          ref={field}
          error={isPassword ? refused?.message : isLeft && length > 0 && length < LEAST ? words.join.tooShort(length, LEAST) : undefined}
          value={password}
          onBlur={() => setLeft(true)}
          onChange={(event) => {
            setPassword(event.target.value)
            if (isPassword) setRefused(null)
          }}
        />
        {begun && (
          <>
            <p>{words.account.scan}</p>
            <QrCode text={begun.uri} label={words.account.qr} className={styles['qr']} />
            <p className={styles['key']}>
              {words.account.key}: <code>{begun.secret.match(/.{4}/g)?.join(' ')}</code>
            </p>
            <TextField
              label={words.proof.code}
              hint={words.proof.codeHint}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              autoFocus
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </>
        )}
        <Button type="submit" disabled={fetching}>
          {!begun ? words.join.goOn : renews ? words.join.use : words.join.accept}
        </Button>
      </form>
    </>
  )
}
