/** Where a database of this machine's server is, and how to get in. */
export function address(port: number, database: string, user: string, password: string): string {
  const secret = password && `:${encodeURIComponent(password)}`
  return `postgresql://${encodeURIComponent(user)}${secret}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}
