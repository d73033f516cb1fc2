import { lazy, Suspense, useEffect } from 'react'
import { useMutation, useQuery } from 'urql'
import { SignInPage } from '../features/sign-in/sign-in-page.tsx'
import type { Connection } from '../lib/connection.ts'
import { graphql } from '../lib/graphql.ts'
import { TimeZoneContext } from '../lib/time-zone.ts'
import { Notice } from '../ui/notice.tsx'
import { Problem } from '../ui/problem.tsx'
import { words } from '../words/index.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './session.module.css'
import { Viewer_me, ViewerContext } from './viewer.ts'

const Me = graphql(
  `
    query Session_me {
      me {
        ...Viewer_me
      }
    }
  `,
  [Viewer_me],
)
const ActAs = graphql(`
  mutation Session_actAs($membershipId: ID!) {
    actAs(membershipId: $membershipId) {
      __typename
    }
  }
`)
const SignOut = graphql(`
  mutation Session_signOut {
    signOut
  }
`)

const JoinPage = lazy(() => import('../features/join/join-page.tsx').then(({ JoinPage: Page }) => ({ default: Page })))

/** The link of a letter: its token stands behind the #, which browsers send to nobody. */
const invitationToken = (): string | null => (location.pathname === '/join' && location.hash.length > 1 ? location.hash.slice(1) : null)

/** A home per kind of organization; each arrives only when somebody of that kind signs in. */
const SHELLS = {
  PRACTICE: lazy(() => import('../shells/practice/shell.tsx').then(({ PracticeShell }) => ({ default: PracticeShell }))),
  COORDINATING_BODY: lazy(() => import('../shells/region/shell.tsx').then(({ RegionShell }) => ({ default: RegionShell }))),
  /** Acts for the coordinating body, and sees its record of looks and nothing else. */
  AUDITOR: lazy(() => import('../shells/auditor/shell.tsx').then(({ AuditorShell }) => ({ default: AuditorShell }))),
  CARE: lazy(() => import('../shells/care/shell.tsx').then(({ CareShell }) => ({ default: CareShell }))),
  PATIENT: lazy(() => import('../shells/patient/shell.tsx').then(({ PatientShell }) => ({ default: PatientShell }))),
  PAYER: lazy(() => import('../shells/payer/shell.tsx').then(({ PayerShell }) => ({ default: PayerShell }))),
} as const

/** Roles that have a home other than that of the organization they belong to. */
const HOMES: Readonly<Record<string, keyof typeof SHELLS>> = {
  auditor: 'AUDITOR',
  'care-manager': 'CARE',
  'care-supervisor': 'CARE',
  patient: 'PATIENT',
}

const hasShell = (kind: string): kind is keyof typeof SHELLS => kind in SHELLS

export function Session({ connection, ended, onChange }: { connection: Connection; ended: boolean; onChange: () => void }) {
  const [{ data, error, fetching }, again] = useQuery({ query: Me, requestPolicy: 'network-only' })
  const [, signOut] = useMutation(SignOut)
  const [, actAs] = useMutation(ActAs)
  const me = data?.me
  // Before anything below asks: this tab keeps to its membership, whatever another tab switches to.
  if (me) connection.actAs(me.membership.id)
  const isIn = Boolean(me)
  useEffect(() => (isIn ? connection.watch() : undefined), [connection, isIn])
  const viewer = me && {
    ...me,
    signOut: () => void signOut({}).then(onChange),
    actAs: (membershipId: string) =>
      void actAs({ membershipId }).then(() => {
        // Another membership has other pages.
        history.replaceState(null, '', '/')
        onChange()
      }),
  }
  const invitation = invitationToken()
  if (invitation && !fetching)
    return (
      <Suspense fallback={<main className={styles['alone']} aria-busy="true" aria-label={words.states.loading} />}>
        <JoinPage token={invitation} email={me?.user.email ?? null} onDone={onChange} />
      </Suspense>
    )

  if (error && !me)
    return (
      <main className={styles['alone']}>
        <Problem error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </main>
    )
  if (fetching && !me) return <main className={styles['alone']} aria-busy="true" aria-label={words.states.loading} />
  if (!viewer) return <SignInPage ended={ended} onSignedIn={onChange} />

  const { role, organization } = viewer.membership
  const kind = HOMES[role] ?? organization.kind
  if (!hasShell(kind))
    return (
      <main className={styles['alone']}>
        <Notice title={words.problems.noHome}>{words.problems.noHomeAdvice}</Notice>
      </main>
    )
  const Shell = SHELLS[kind]
  return (
    <ViewerContext value={viewer}>
      <TimeZoneContext value={viewer.region.timeZone}>
        <ErrorBoundary>
          <Suspense fallback={<main className={styles['alone']} aria-busy="true" aria-label={words.states.loading} />}>
            <Shell />
          </Suspense>
        </ErrorBoundary>
      </TimeZoneContext>
    </ViewerContext>
  )
}
