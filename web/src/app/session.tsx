import { lazy, Suspense } from 'react'
import { useMutation, useQuery } from 'urql'
import { SignInPage } from '../features/sign-in/sign-in-page.tsx'
import { graphql } from '../lib/graphql.ts'
import { problemOf } from '../lib/problem.ts'
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
const SignOut = graphql(`
  mutation Session_signOut {
    signOut
  }
`)

/** A home per kind of organization; each arrives only when somebody of that kind signs in. */
const SHELLS = {
  PRACTICE: lazy(() => import('../shells/practice/shell.tsx').then(({ PracticeShell }) => ({ default: PracticeShell }))),
  COORDINATING_BODY: lazy(() => import('../shells/region/shell.tsx').then(({ RegionShell }) => ({ default: RegionShell }))),
  /** Acts for the coordinating body, and sees its record of looks and nothing else. */
  AUDITOR: lazy(() => import('../shells/auditor/shell.tsx').then(({ AuditorShell }) => ({ default: AuditorShell }))),
  CARE: lazy(() => import('../shells/care/shell.tsx').then(({ CareShell }) => ({ default: CareShell }))),
  PAYER: lazy(() => import('../shells/payer/shell.tsx').then(({ PayerShell }) => ({ default: PayerShell }))),
} as const

/** Roles of the coordinating body whose work has a home of its own. */
const HOMES: Readonly<Record<string, keyof typeof SHELLS>> = { auditor: 'AUDITOR', 'care-manager': 'CARE', 'care-supervisor': 'CARE' }

const hasShell = (kind: string): kind is keyof typeof SHELLS => kind in SHELLS

export function Session({ ended, onChange }: { ended: boolean; onChange: () => void }) {
  const [{ data, error, fetching }, again] = useQuery({ query: Me, requestPolicy: 'network-only' })
  const [, signOut] = useMutation(SignOut)
  const me = data?.me
  const viewer = me && { ...me, signOut: () => void signOut({}).then(onChange) }

  if (error && !me && problemOf(error).kind !== 'signed-out')
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
