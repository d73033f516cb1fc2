import { persistedExchange } from '@urql/exchange-persisted'
import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql'
import { documentId } from './document-id.ts'
import { problemOf } from './problem.ts'

/**
 * One connection for one session: dropping it drops everything it has seen of anybody.
 * POST only, because a search text in a query string would end in logs; the header proves the call came from our own script (CSRF).
 */
export function connect(onSessionEnded: () => void): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: { 'x-commons': 'web' }, credentials: 'same-origin' },
    exchanges: [
      mapExchange({
        onError(error) {
          if (problemOf(error).kind === 'signed-out') onSessionEnded()
        },
      }),
      cacheExchange,
      // A built web sends the names of its operations only: where the API is strict, it accepts nothing else from a browser.
      ...(import.meta.env.PROD ? [named] : []),
      fetchExchange,
    ],
  })
}

const named = persistedExchange({
  preferGetForPersistedQueries: false,
  enforcePersistedQueries: true,
  enableForMutation: true,
  generateHash: (query, document) => Promise.resolve(documentId(document, /^\s*(?:query|mutation)\s+(\w+)/.exec(query)![1]!)),
})
