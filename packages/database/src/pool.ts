import { Pool, TypeOverrides, types } from 'pg'

/** Days, instants and intervals stay the text that PostgreSQL prints; so do those in arrays. */
const AS_TEXT = { date: 1082, timestamp: 1114, timestamptz: 1184, interval: 1186 }
const AS_TEXTS = { date: 1182, timestamp: 1115, timestamptz: 1185, interval: 1187 }
/** Of `text[]`, which `pg` knows and its types do not. */
const textArray = types.getTypeParser(1009 as Parameters<typeof types.getTypeParser>[0]) as (text: string) => unknown
/** Connections of the application's login; none is opened before it is needed. */
export function openPool(url: string, max: number): Pool {
  const overrides = new TypeOverrides()
  for (const type of Object.values(AS_TEXT)) overrides.setTypeParser(type, (text) => text)
  for (const type of Object.values(AS_TEXTS)) overrides.setTypeParser(type, textArray)
  const pool = new Pool({
    connectionString: url,
    max,
    types: overrides,
    // Statements go out behind each other without waiting for each other's answers.
    pipeline: true,
    // Rather an answer that says "busy" than a request that waits for ever.
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks tells so to whoever uses it; without a listener it would also end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
