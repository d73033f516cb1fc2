import type { BulkConnection } from '@carecommons/domain'
import type { IntakeLine } from '@carecommons/domain/graphql'

/** One connection whose work waits in line; after a failure the next one gets a new connection. */
export function openIntakeLine(open: () => Promise<BulkConnection>): IntakeLine & { close(): Promise<void> } {
  let connection: Promise<BulkConnection> | null = null
  let last: Promise<unknown> = Promise.resolve()
  const leave = async (): Promise<void> => {
    const left = connection
    connection = null
    await (await left?.catch(() => null))?.close().catch(() => undefined) // a broken one has nothing to say any more
  }
  const run = async <T>(work: (connection: BulkConnection) => Promise<T>): Promise<T> => {
    try {
      return await work(await (connection ??= open()))
    } catch (error) {
      await leave()
      throw error
    }
  }
  const line = <T>(work: (connection: BulkConnection) => Promise<T>): Promise<T> => {
    const mine = last.then(() => run(work))
    last = mine.catch(() => undefined) // told to whoever asked
    return mine
  }
  return Object.assign(line, { close: () => last.then(leave) })
}
