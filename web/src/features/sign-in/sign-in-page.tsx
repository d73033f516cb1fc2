import { type FormEvent, useEffect, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import { OutsideSignIn } from './outside-sign-in.tsx'
import styles from './sign-in-page.module.css'

const SignIn = graphql(`
  mutation SignInPage_signIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)

/** Shown at any address while nobody is signed in. `ended`: a session was there and ran out. */
export function SignInPage({ ended, onSignedIn }: { ended: boolean; onSignedIn: () => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [{ fetching, error, data }, signIn] = useMutation(SignIn)
  const refused = data?.signIn.__typename === 'Refused' ? data.signIn.message : undefined

  useEffect(() => {
    document.title = `${words.signIn.title} · ${words.product}`
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await signIn({ input: { email, password } })
    if (result.data?.signIn.__typename === 'Viewer') onSignedIn()
    else setPassword('')
  }

  return (
    <main className={styles['page']}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <div className={styles['brand']}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>{words.product}</span>
        </div>
        <h1>{words.signIn.title}</h1>
        {ended && !refused && <Notice title={words.signIn.ended}>{words.signIn.endedAdvice}</Notice>}
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
        <OutsideSignIn />
        <p className="soft small">{words.signIn.help}</p>
      </form>
    </main>
  )
}
