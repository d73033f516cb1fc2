import type { ApiOptions } from '@carecommons/api'
import { CommandFault } from './command-fault.ts'

/** Where people and programs reach this install: `COMMONS_URL`, else this machine. */
export function publicUrl(env: NodeJS.ProcessEnv): string {
  const url = (env['COMMONS_URL'] ?? `http://localhost:${env['PORT'] ?? 4000}`).replace(/\/+$/, '')
  if (!/^https?:/.test(url) || !URL.canParse(url) || new URL(url).origin !== url)
    throw new CommandFault(`COMMONS_URL is "${url}"; it looks like https://commons.example.org.`)
  return url
}

/**
 * What the environment says of the world outside: `COMMONS_OIDC_*` name the region's own identity provider, `COMMONS_INSIDE_ADDRESSES` the
 * ranges of the own network that may be fetched from, which are otherwise closed to every URL that somebody types.
 */
export function outsideOptions(env: NodeJS.ProcessEnv): Pick<ApiOptions, 'publicUrl' | 'identityProvider' | 'insideAddresses'> {
  const reach = { publicUrl: publicUrl(env), insideAddresses: (env['COMMONS_INSIDE_ADDRESSES'] ?? '').split(/[\s,]+/).filter(Boolean) }
  const issuer = env['COMMONS_OIDC_ISSUER']
  if (!issuer) return reach
  if (!URL.canParse(issuer)) throw new CommandFault(`COMMONS_OIDC_ISSUER is "${issuer}"; it looks like https://login.example.org.`)
  const [clientId, clientSecret] = [env['COMMONS_OIDC_CLIENT_ID'], env['COMMONS_OIDC_CLIENT_SECRET']]
  if (!clientId || !clientSecret) throw new CommandFault('COMMONS_OIDC_ISSUER needs COMMONS_OIDC_CLIENT_ID and COMMONS_OIDC_CLIENT_SECRET.')
  return { ...reach, identityProvider: { name: env['COMMONS_OIDC_NAME'] ?? new URL(issuer).hostname, issuer, clientId, clientSecret } }
}
