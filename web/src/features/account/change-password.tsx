import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import styles from './account-page.module.css'
import type { useStepUp } from './step-up.ts'

const Change = graphql(`
  mutation ChangePassword_changePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      __typename
      ... on Refused {
        code
        message
      }
    }
  }
`)

export function ChangePassword({
  hasPassword,
  confirmed,
  onClose,
  onDone,
}: {
  hasPassword: boolean
  confirmed: ReturnType<typeof useStepUp>
  onClose: () => void
  onDone: () => void
}) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [refused, setRefused] = useState<{ code: string; message: string } | null>(null)
  const [{ fetching }, change] = useMutation(Change)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefused(null)
    const done = await confirmed(async () => (await change({ input: { current: current || null, next } })).data?.changePassword)
    if (done?.__typename === 'Account') onDone()
    else if (done?.__typename === 'Refused') setRefused(done)
  }
  const isCurrent = refused?.code === 'PasswordWrong'
  return (
    <Dialog title={hasPassword ? words.account.changePassword : words.account.choosePassword} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        {hasPassword && (
          <TextField
            label={words.account.current}
            error={isCurrent ? refused.message : undefined}
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
        <TextField
          label={words.account.next}
          hint={words.account.passwordHint}
          error={refused && !isCurrent ? refused.message : undefined}
          type="password"
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        <Button look="primary" type="submit" disabled={fetching}>
          {hasPassword ? words.account.changePassword : words.account.choosePassword}
        </Button>
      </form>
    </Dialog>
  )
}
