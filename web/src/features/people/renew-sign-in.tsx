import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'
import type { Staff } from './people-parts.ts'

const Renew = graphql(`
  mutation RenewSignIn_renewSignIn($input: RenewSignInInput!) {
    renewSignIn(input: $input) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)

type Dialog = { onClose: () => void; onDone: () => void }

export function RenewSignIn({ person, ...dialog }: Dialog & { person: Staff }) {
  const [key] = useState(newKey)
  const renew = useAct(Renew, (data) => data.renewSignIn, dialog.onDone)
  return <ChooseAnew whom={person} act={() => renew({ input: { membershipId: person.id, idempotencyKey: key } })} {...dialog} />
}

/** Says what to make sure of, and what will happen, before a letter leaves. */
export function ChooseAnew({
  whom: { name, email },
  act,
  onClose,
}: { whom: { name: string; email: string } } & Pick<Dialog, 'onClose'> & Pick<Parameters<typeof Act>[0], 'act'>) {
  return (
    <Act title={words.people.renewSignInOf(name)} verb={words.people.renewSignInSend} act={act} onClose={onClose}>
      <Notice tone="warn" title={words.people.renewSignInFirst} />
      <p>{words.people.renewSignInLetter(email)}</p>
      <p>{words.people.renewSignInThen(name)}</p>
    </Act>
  )
}
