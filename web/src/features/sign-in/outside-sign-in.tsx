import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { ButtonAnchor } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'

const Provider = graphql(`
  query OutsideSignIn_identityProvider {
    identityProvider
  }
`)

/** The way in through the region's own identity provider, where there is one; it leads back to the page that is open now. */
export function OutsideSignIn() {
  const [{ data }] = useQuery({ query: Provider })
  if (!data?.identityProvider) return null
  const address = new URL(location.href)
  const outcome = address.searchParams.get('outside')
  const to = address.pathname === '/sign-in' ? '/' : address.pathname + address.search
  return (
    <>
      {outcome === 'refused' && (
        <Notice tone="warn" title={words.signIn.outsideRefused(data.identityProvider)} urgent>
          {words.signIn.outsideRefusedAdvice}
        </Notice>
      )}
      {outcome === 'unreachable' && (
        <Notice tone="warn" title={words.signIn.outsideAway(data.identityProvider)} urgent>
          {words.signIn.outsideAwayAdvice}
        </Notice>
      )}
      <ButtonAnchor href={`/auth/oidc/start?to=${encodeURIComponent(to)}`}>{words.signIn.outside(data.identityProvider)}</ButtonAnchor>
    </>
  )
}
