import type { OpenSession, Visit } from '#shared/visit'

/** The session of a request that a guarded door let in. */
export async function signedIn(visit: Visit): Promise<OpenSession> {
  const session = await visit.session()
  if (!session) throw new Error('Nobody is signed in behind a guarded door.')
  return session
}
