import { type FormEvent, useEffect, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { makePasskey } from '../../lib/passkey.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { QrCode } from '../account/qr-code.tsx'
import { SignInPage } from '../sign-in/sign-in-page.tsx'
import styles from './join-page.module.css'

const Read = graphql(`
  query JoinPage_invitationBehind($token: String!) {
    invitationBehind(token: $token) {
      __typename
      ... on InvitationRead {
        email
        asksBirthDate
        roleTitle
        organization
        invitedBy
        regionName
        expiresAt
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Begin = graphql(`
  mutation JoinPage_beginAcceptance($token: String!, $birthDate: Day) {
    beginAcceptance(token: $token, birthDate: $birthDate) {
      __typename
      ... on AcceptanceBegun {
        secret
        uri
        passkeyOptions
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Accept = graphql(`
  mutation JoinPage_acceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      __typename
      ... on InvitationAccepted {
        recoveryCodes
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Join = graphql(`
  mutation JoinPage_joinByInvitation($token: String!, $birthDate: Day) {
    joinByInvitation(token: $token, birthDate: $birthDate) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)

type Begun = Extract<NonNullable<ResultOf<typeof Begin>['beginAcceptance']>, { __typename: 'AcceptanceBegun' }>

/** Where the link of a letter leads. `email`: of whoever is signed in. */
export function JoinPage({ token, email, onDone }: { token: string; email: string | null; onDone: () => void }) {
  const [known, setKnown] = useState(false)
  const [result] = useQuery({ query: Read, variables: { token }, requestPolicy: 'network-only' })
  useEffect(() => {
    document.title = `${words.join.title} · ${words.product}`
  }, [])
  const leave = () => {
    history.replaceState(null, '', '/')
    onDone()
  }
  if (known && !email) return <SignInPage ended={false} note={words.join.knownNote} onSignedIn={onDone} />
  return (
    <main className={styles['page']}>
      <div className={styles['form']}>
        <div className={styles['brand']}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>{words.product}</span>
        </div>
        <h1>{words.join.title}</h1>
        <Loaded result={result} height={300}>
          {({ invitationBehind: invitation }) =>
            invitation.__typename === 'Refused' ? (
              <Notice tone="warn" title={words.join.over} action={<Button onClick={leave}>{words.actions.goHome}</Button>}>
                {invitation.message}
              </Notice>
            ) : (
              <>
                <p>{words.join.who(invitation.invitedBy, invitation.organization, invitation.regionName)}</p>
                <dl className={styles['facts']}>
                  <dt>{words.join.role}</dt>
                  <dd>{invitation.roleTitle}</dd>
                  <dt>{words.join.address}</dt>
                  <dd>{invitation.email}</dd>
                  <dt>{words.join.until}</dt>
                  <dd>
                    <At instant={invitation.expiresAt} clock />
                  </dd>
                </dl>
                {email ? (
                  <TakeOn token={token} email={email} asksBirthDate={invitation.asksBirthDate} onDone={leave} />
                ) : (
                  <>
                    <Choose token={token} asksBirthDate={invitation.asksBirthDate} onDone={leave} />
                    <Button look="quiet" onClick={() => setKnown(true)}>
                      {words.join.known}
                    </Button>
                  </>
                )}
              </>
            )
          }
        </Loaded>
      </div>
    </main>
  )
}

type Taking = { token: string; asksBirthDate: boolean; onDone: () => void }

function TakeOn({ token, email, asksBirthDate, onDone }: Taking & { email: string }) {
  const [birthDate, setBirthDate] = useState('')
  const [{ data, fetching }, join] = useMutation(Join)
  const refused = data?.joinByInvitation.__typename === 'Refused' ? data.joinByInvitation.message : null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await join({ token, birthDate: birthDate || null })
    if (done.data?.joinByInvitation.__typename === 'Viewer') onDone()
  }
  return (
    <>
      <p className="soft">{words.join.asSignedIn(email)}</p>
      {refused && (
        <Notice tone="warn" title={words.join.refused} urgent>
          {refused}
        </Notice>
      )}
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        {asksBirthDate && <BirthDate value={birthDate} onChange={setBirthDate} />}
        <Button look="primary" type="submit" disabled={fetching}>
          {words.join.accept}
        </Button>
      </form>
    </>
  )
}

/** Shows that a letter to a patient reached the right person. */
function BirthDate({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextField
      label={words.join.birthDate}
      hint={words.join.birthDateHint}
      type="date"
      required
      autoComplete="bday"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function Choose({ token, asksBirthDate, onDone }: Taking) {
  const [birthDate, setBirthDate] = useState('')
  const born = birthDate || null
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [, begin] = useMutation(Begin)
  const [{ fetching }, accept] = useMutation(Accept)

  const start = async (): Promise<Begun | null> => {
    const fresh = (await begin({ token, birthDate: born })).data?.beginAcceptance
    if (fresh?.__typename === 'AcceptanceBegun') return fresh
    setRefused(fresh?.message ?? null)
    return null
  }
  const send = async (input: { password?: string; code?: string; passkey?: string }) => {
    const done = (await accept({ input: { token, birthDate: born, ...input } })).data?.acceptInvitation
    if (done?.__typename === 'Refused') return setRefused(done.message)
    if (done) return done.recoveryCodes.length > 0 ? setCodes(done.recoveryCodes) : onDone()
  }
  const withPasskey = async () => {
    setRefused(null)
    const started = await start()
    if (!started) return
    const passkey = started.passkeyOptions ? await makePasskey(started.passkeyOptions) : null
    if (passkey === null) return setRefused(words.proof.passkeyFailed)
    await send({ passkey })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefused(null)
    if (!begun) return setBegun(await start())
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
      {refused && (
        <Notice tone="warn" title={words.join.refused} urgent>
          {refused}
        </Notice>
      )}
      {asksBirthDate && <BirthDate value={birthDate} onChange={setBirthDate} />}
      <h3>{words.join.withPasskey}</h3>
      <p className="soft">{words.join.withPasskeyWhy}</p>
      <Button look="primary" disabled={fetching || (asksBirthDate && !birthDate)} onClick={() => void withPasskey()}>
        {words.join.makePasskey}
      </Button>
      <h3>{words.join.withPassword}</h3>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <TextField
          label={words.signIn.password}
          hint={words.join.passwordHint}
          type="password"
          autoComplete="new-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
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
          {begun ? words.join.accept : words.join.goOn}
        </Button>
      </form>
    </>
  )
}
