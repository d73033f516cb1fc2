import { type FormEvent, useEffect, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { SignInPage } from '../sign-in/sign-in-page.tsx'
import { BirthDate } from './birth-date.tsx'
import { ChooseWays } from './choose-ways.tsx'
import styles from './join-page.module.css'

const Read = graphql(`
  query JoinPage_invitationBehind($token: String!) {
    invitationBehind(token: $token) {
      __typename
      ... on InvitationRead {
        email
        asksBirthDate
        renews
        confirms
        roleTitle
        organization
        invitedBy
        regionName
        timeZone
        expiresAt
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

/** Where the link of a letter leads. `email`: of whoever is signed in. */
export function JoinPage({ token, email, onDone }: { token: string; email: string | null; onDone: () => void }) {
  const [known, setKnown] = useState(false)
  const [result] = useQuery({ query: Read, variables: { token }, requestPolicy: 'network-only' })
  const there = result.data?.invitationBehind
  const renews = there?.__typename === 'InvitationRead' && there.renews
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
        <h1>{renews ? words.join.renewTitle : words.join.title}</h1>
        <Loaded result={result} height={300}>
          {({ invitationBehind: invitation }) =>
            invitation.__typename === 'Refused' ? (
              <Notice tone="warn" title={words.join.over} action={<Button onClick={leave}>{words.actions.goHome}</Button>}>
                {invitation.message}
              </Notice>
            ) : (
              <>
                <p>
                  {renews
                    ? words.join.renewWho(invitation.invitedBy, invitation.organization)
                    : words.join.who(invitation.invitedBy, invitation.organization, invitation.regionName)}
                </p>
                {renews && <p>{invitation.confirms ? words.join.confirmWhat : words.join.renewWhat}</p>}
                <dl className={styles['facts']}>
                  <dt>{words.join.role}</dt>
                  <dd>{invitation.roleTitle}</dd>
                  <dt>{words.join.address}</dt>
                  <dd>{invitation.email}</dd>
                  <dt>{words.join.until}</dt>
                  <dd>
                    <TimeZoneContext value={invitation.timeZone}>
                      <At instant={invitation.expiresAt} clock />
                    </TimeZoneContext>
                  </dd>
                </dl>
                {email && (!renews || invitation.confirms) ? (
                  <TakeOn
                    token={token}
                    email={email}
                    asksBirthDate={invitation.asksBirthDate}
                    confirms={invitation.confirms}
                    onDone={leave}
                  />
                ) : (
                  <>
                    <ChooseWays token={token} asksBirthDate={invitation.asksBirthDate} renews={renews} onDone={leave} />
                    {(!renews || invitation.confirms) && (
                      <Button look="quiet" onClick={() => setKnown(true)}>
                        {words.join.known}
                      </Button>
                    )}
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

function TakeOn({ token, email, asksBirthDate, confirms, onDone }: Taking & { email: string; confirms: boolean }) {
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
      <p className="soft">{confirms ? words.join.confirmAs(email) : words.join.asSignedIn(email)}</p>
      {refused && (
        <Notice tone="warn" title={words.join.refused} urgent>
          {refused}
        </Notice>
      )}
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        {asksBirthDate && <BirthDate value={birthDate} onChange={setBirthDate} />}
        <Button look="primary" type="submit" disabled={fetching}>
          {confirms ? words.join.confirm : words.join.accept}
        </Button>
      </form>
    </>
  )
}
