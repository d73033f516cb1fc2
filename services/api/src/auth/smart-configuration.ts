import { systemScopes } from '@carecommons/access'
import { assertionAlgorithms } from '@carecommons/domain/graphql'
import type { RequestHandler } from 'express'

/** `/.well-known/smart-configuration` (SMART App Launch 2.2, "Conformance"): where a program finds the token endpoint, and what it accepts. */
export const smartConfiguration =
  (tokenUrl: () => string): RequestHandler =>
  (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300')
    // Told to everybody, programs in browsers included.
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('cross-origin-resource-policy', 'cross-origin')
    response.json({
      token_endpoint: tokenUrl(),
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
      scopes_supported: Object.keys(systemScopes),
      // Required of every configuration, also where nobody is sent to sign in.
      code_challenge_methods_supported: ['S256'],
      capabilities: ['client-confidential-asymmetric', 'permission-v2'],
    })
  }
