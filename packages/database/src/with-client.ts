import { Client } from 'pg'

/** One connection for some work. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Whether an address lets its user in; throws when the server cannot be reached at all. */
export async function signsIn(url: string): Promise<boolean> {
  try {
    return await withClient(url, async () => true)
  } catch (error) {
    // Class 28: unknown, or a wrong password.
    if ((error as { code?: string }).code?.startsWith('28')) return false
    throw error
  }
}
