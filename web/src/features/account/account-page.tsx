import { useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { confirmingWays } from '../sign-in/confirming-ways.ts'
import { AccountFacts } from './account-facts.ts'
import styles from './account-page.module.css'
import { AddPasskey, AddTotp } from './add-authenticator.tsx'
import { ChangePassword } from './change-password.tsx'
import { OwnName } from './own-name.tsx'
import { useStepUp } from './step-up.ts'

const Account = graphql(
  `
    query AccountPage_account {
      account {
        ...AccountFacts
      }
    }
  `,
  [AccountFacts],
)
const Remove = graphql(
  `
    mutation AccountPage_removeAuthenticator($id: ID!) {
      removeAuthenticator(id: $id) {
        __typename
        ... on Account {
          ...AccountFacts
        }
        ... on Refused {
          code
          message
        }
      }
    }
  `,
  [AccountFacts],
)
const RenewCodes = graphql(`
  mutation AccountPage_renewRecoveryCodes {
    renewRecoveryCodes {
      __typename
      ... on AuthenticatorAdded {
        recoveryCodes
      }
      ... on Refused {
        code
        message
      }
    }
  }
`)
const EndSession = graphql(`
  mutation AccountPage_endSession($id: ID!) {
    endSession(id: $id) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)
const EndOthers = graphql(`
  mutation AccountPage_endOtherSessions {
    endOtherSessions {
      recoveryCodes
    }
  }
`)

/** What one signs in with, and where one is signed in. */
export function Component() {
  const [result, again] = useQuery({ query: Account, requestPolicy: 'network-only' })
  const refresh = () => again({ requestPolicy: 'network-only' })
  const account = result.data?.account
  const ways = account ? confirmingWays(account).length : 0
  return (
    <Page
      title={words.account.title}
      tab={words.account.title}
      answer={account && <p>{words.account.answer(ways, account.sessions.length)}</p>}
    >
      <Loaded result={result} height={400} retry={refresh}>
        {(data) => <Facts account={data.account} onChange={refresh} />}
      </Loaded>
    </Page>
  )
}

type Told = { tone: 'info' | 'warn'; title: string; text?: string }

function Facts({ account, onChange }: { account: AccountFacts; onChange: () => void }) {
  const [adding, setAdding] = useState<'totp' | 'passkey' | 'password' | null>(null)
  const [codes, setCodes] = useState<readonly string[]>([])
  const [told, setTold] = useState<Told | null>(null)
  const confirmed = useStepUp()
  const [, remove] = useMutation(Remove)
  const [, renew] = useMutation(RenewCodes)
  const [, endSession] = useMutation(EndSession)
  const [, endOthers] = useMutation(EndOthers)

  const refusedWith = (message: string) => setTold({ tone: 'warn', title: words.account.refused, text: message })
  const removeOne = async (id: string) => {
    setTold(null)
    const done = await confirmed(async () => (await remove({ id })).data?.removeAuthenticator)
    if (done?.__typename === 'Refused') refusedWith(done.message)
    onChange()
  }
  const newCodes = async () => {
    setTold(null)
    const done = await confirmed(async () => (await renew({})).data?.renewRecoveryCodes)
    if (done?.__typename === 'Refused') refusedWith(done.message)
    if (done?.__typename === 'AuthenticatorAdded') setCodes(done.recoveryCodes)
    onChange()
  }
  const added = (recoveryCodes: readonly string[]) => {
    setAdding(null)
    setCodes(recoveryCodes)
    onChange()
  }
  const list = (entries: AccountFacts['passkeys'], empty: string) =>
    entries.length === 0 ? (
      <p className="soft">{empty}</p>
    ) : (
      <ul className={styles['list']}>
        {entries.map(({ id, label, createdAt, lastUsedAt }) => (
          <li key={id}>
            <span className={styles['thing']}>
              <span className="strong">{label}</span>
              <span className="soft small">
                {words.account.added} <At instant={createdAt} />
                {lastUsedAt && (
                  <>
                    , {words.account.used} <At instant={lastUsedAt} clock />
                  </>
                )}
              </span>
            </span>
            <Button aria-label={words.account.removeNamed(label)} onClick={() => void removeOne(id)}>
              {words.account.remove}
            </Button>
          </li>
        ))}
      </ul>
    )

  return (
    <div className={styles['sections']}>
      {told && (
        <Notice tone={told.tone} title={told.title} urgent>
          {told.text}
        </Notice>
      )}
      <OwnName />
      <Section
        title={words.account.password}
        aside={
          <Button onClick={() => setAdding('password')}>
            {account.password ? words.account.changePassword : words.account.choosePassword}
          </Button>
        }
      >
        <p className="soft">
          {account.password ? (
            <>
              {words.account.passwordChanged} <At instant={account.password.changedAt} />
            </>
          ) : (
            words.account.noPassword
          )}
        </p>
      </Section>
      <Section title={words.account.passkeys} aside={<Button onClick={() => setAdding('passkey')}>{words.account.addPasskey}</Button>}>
        {list(account.passkeys, words.account.noPasskeys)}
      </Section>
      <Section
        title={words.account.authenticators}
        aside={<Button onClick={() => setAdding('totp')}>{words.account.addAuthenticator}</Button>}
      >
        {list(account.authenticators, words.account.noAuthenticators)}
      </Section>
      <Section
        title={words.account.recovery}
        aside={account.recoveryCodes > 0 && <Button onClick={() => void newCodes()}>{words.account.renewCodes}</Button>}
      >
        <p className="soft">{words.account.recoveryLeft(account.recoveryCodes)}</p>
      </Section>
      <Section
        title={words.account.sessions}
        aside={account.sessions.length > 1 && <Button onClick={() => void endOthers({}).then(onChange)}>{words.account.endOthers}</Button>}
      >
        <ul className={styles['list']}>
          {account.sessions.map(({ id, browser, network, startedAt, lastSeenAt, isCurrent }) => (
            <li key={id}>
              <span className={styles['thing']}>
                <span className="strong">
                  {browser}
                  {isCurrent && ` (${words.account.thisOne})`}
                </span>
                <span className="soft small">
                  {network}, {words.account.since} <At instant={startedAt} clock />, {words.account.lastSeen}{' '}
                  <At instant={lastSeenAt} clock />
                </span>
              </span>
              {!isCurrent && <Button onClick={() => void endSession({ id }).then(onChange)}>{words.account.endSession}</Button>}
            </li>
          ))}
        </ul>
      </Section>
      {adding === 'totp' && <AddTotp confirmed={confirmed} onClose={() => setAdding(null)} onAdded={added} />}
      {adding === 'passkey' && <AddPasskey confirmed={confirmed} onClose={() => setAdding(null)} onAdded={added} />}
      {adding === 'password' && (
        <ChangePassword
          hasPassword={account.password !== null}
          confirmed={confirmed}
          onClose={() => setAdding(null)}
          onDone={() => {
            setAdding(null)
            setTold({ tone: 'info', title: words.account.passwordDone })
            onChange()
          }}
        />
      )}
      {codes.length > 0 && <RecoveryCodes codes={codes} onClose={() => setCodes([])} />}
    </div>
  )
}

function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog title={words.account.codesTitle} onClose={onClose}>
      <p>{words.account.codesAdvice}</p>
      <ol className={styles['codes']}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Button look="primary" onClick={onClose}>
        {words.account.codesKept}
      </Button>
    </Dialog>
  )
}
