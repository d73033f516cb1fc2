import { type FormEvent, useEffect, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { answerPasskey } from '../../lib/passkey.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import { OutsideSignIn } from './outside-sign-in.tsx'
import { ProofForm, type Way } from './proof-form.tsx'
import styles from './sign-in-page.module.css'

const SignIn = graphql(`
  mutation SignInPage_signIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on SecondStep {
        ways
      }
      ... on Refused {
        message
      }
    }
  }
`)
const FinishSignIn = graphql(`
  mutation SignInPage_finishSignIn($proof: ProofInput!) {
    finishSignIn(proof: $proof) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)
const AskPasskey = graphql(`
  mutation SignInPage_askPasskey {
    askPasskey(purpose: SIGN_IN) {
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

/** Shown at any address while nobody is signed in. `ended`: a session was there and ran out. */
export function SignInPage({ ended, note, onSignedIn }: { ended: boolean; note?: string; onSignedIn: () => void }) {
  const [ways, setWays] = useState<readonly Way[] | null>(null)
  useEffect(() => {
    document.title = `${words.signIn.title} · ${words.product}`
  }, [])
  return (
    <main className={styles['page']}>
      <div className={styles['form']}>
        <div className={styles['brand']}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>{words.product}</span>
        </div>
        <h1>{words.signIn.title}</h1>
        {ways ? (
          <SecondStep ways={ways} onSignedIn={onSignedIn} onBack={() => setWays(null)} />
        ) : (
          <FirstStep ended={ended} note={note} onSignedIn={onSignedIn} onSecondStep={setWays} />
        )}
        {!ways && <OutsideSignIn />}
      </div>
    </main>
  )
}

function FirstStep({
  ended,
  note,
  onSignedIn,
  onSecondStep,
}: {
  ended: boolean
  note: string | undefined
  onSignedIn: () => void
  onSecondStep: (ways: readonly Way[]) => void
}) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [{ fetching, error }, signIn] = useMutation(SignIn)
  const [, askPasskey] = useMutation(AskPasskey)
  const [, finish] = useMutation(FinishSignIn)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefused(null)
    const { data } = await signIn({ input: { email, password } })
    const result = data?.signIn
    if (result?.__typename === 'Viewer') return onSignedIn()
    if (result?.__typename === 'SecondStep') return onSecondStep(result.ways)
    setPassword('')
    setRefused(result?.message ?? null)
  }
  const passkey = async () => {
    setRefused(null)
    const asked = (await askPasskey({})).data?.askPasskey
    if (asked?.__typename !== 'PasskeyQuestion') return setRefused(asked?.message ?? words.proof.passkeyFailed)
    const answer = await answerPasskey(asked.options)
    if (answer === null) return setRefused(words.proof.passkeyFailed)
    const result = (await finish({ proof: { passkey: answer } })).data?.finishSignIn
    if (result?.__typename === 'Viewer') onSignedIn()
    else setRefused(result?.message ?? words.proof.passkeyFailed)
  }

  return (
    <form className={styles['step']} onSubmit={(event) => void submit(event)}>
      {ended && !refused && <Notice title={words.signIn.ended}>{words.signIn.endedAdvice}</Notice>}
      {note && !refused && <Notice title={note} />}
      {refused && (
        <Notice tone="warn" title={words.signIn.refused} urgent>
          {refused}
        </Notice>
      )}
      {error && <Problem error={error} />}
      <TextField
        label={words.signIn.email}
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={words.signIn.password}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button look="primary" type="submit" disabled={fetching}>
        {fetching ? words.signIn.waiting : words.signIn.submit}
      </Button>
      <Button onClick={() => void passkey()}>{words.signIn.withPasskey}</Button>
      <p className="soft small">{words.signIn.help}</p>
    </form>
  )
}

/** The password was right; a second factor follows. */
function SecondStep({ ways, onSignedIn, onBack }: { ways: readonly Way[]; onSignedIn: () => void; onBack: () => void }) {
  const [, finish] = useMutation(FinishSignIn)
  return (
    <div className={styles['step']}>
      <p className="soft">{words.signIn.secondStep}</p>
      <ProofForm
        ways={ways}
        purpose="SIGN_IN"
        submit={words.signIn.submit}
        onProve={async (proof) => {
          const { data, error } = await finish({ proof })
          if (error) return error
          if (data?.finishSignIn.__typename === 'Refused') return data.finishSignIn.message
          onSignedIn()
          return null
        }}
      />
      <Button look="quiet" onClick={onBack}>
        {words.signIn.startAgain}
      </Button>
    </div>
  )
}
