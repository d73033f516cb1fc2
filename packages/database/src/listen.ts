import { Client } from 'pg'

const RETRY_MS = 1000

export interface Listening {
  close(): Promise<void>
}

/**
 * Hears what is told on a channel, over a connection of its own that is made anew whenever it breaks. `onGap`: while it was away,
 * something may have been missed.
 */
export function listenTo(url: string, channel: string, hear: (payload: string) => void, onGap: () => void): Listening {
  let isClosed = false
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined
  let wasHeard = false
  const again = () => {
    if (isClosed || retry) return
    retry = setTimeout(() => {
      retry = undefined
      void connect()
    }, RETRY_MS)
  }
  async function connect(): Promise<void> {
    const next = new Client({ connectionString: url, application_name: 'commons listening', keepAlive: true })
    client = next
    next.on('error', again)
    next.on('end', again)
    next.on('notification', ({ payload }) => hear(payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${next.escapeIdentifier(channel)}`)
      if (wasHeard) onGap()
      wasHeard = true
    } catch {
      // The database is away: requests say so where they stand.
      again()
    }
  }
  void connect()
  return {
    async close() {
      isClosed = true
      clearTimeout(retry)
      await client?.end().catch(() => undefined)
    },
  }
}
