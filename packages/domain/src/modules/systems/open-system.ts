import type { Clock } from '@carecommons/kernel'
import { tokenHash } from '#modules/identity'
import type { Sessions } from '#shared/sessions'
import type { OpenSession } from '#shared/visit'
import { findClient } from './find-client.ts'

/** 32 bytes as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The system behind an access token: null when the token is unknown or expired, or the system has ended. Asked anew with every request. */
export async function openSystem(sessions: Sessions, clock: Clock, token: string): Promise<OpenSession | null> {
  if (!TOKEN.test(token)) return null
  const wanted = { tokenHash: tokenHash(token), now: clock.now(), today: (zone: string) => clock.today(zone) }
  const client = await sessions.within({ kind: 'door' }, (tx) => findClient(tx, wanted))
  if (!client) return null
  const { organization, region, is_active: isActive } = client
  return {
    viewer: {
      userId: client.user_id,
      membershipId: client.membership_id,
      role: client.role,
      organizationId: organization.id,
      practiceIds: organization.kind === 'practice' && isActive ? [organization.id] : [],
      patientId: null,
      scopes: client.scopes,
    },
    user: { id: client.user_id, name: client.name, email: client.email },
    organization,
    region,
  }
}
