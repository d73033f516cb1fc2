import { type Ability, type Action, type SubjectName, type Viewer } from '@carecommons/access'
import {
  type Act,
  type Ctx,
  type IntakeLine,
  keepDoorEvent,
  openSession,
  type openVault,
  type PackageDesk,
  type Movements,
  type RelyingParty,
  type SessionLook,
  type SignInLimits,
  type Visit,
} from '@carecommons/domain/graphql'
import { keepEvents, type Sessions } from '@carecommons/domain'
import { type Clock, isUuid, newId } from '@carecommons/kernel'
import type { Request, Response } from 'express'
import { systemBehind } from './auth/system-behind.ts'
import { beginReading, type Reading } from './reading.ts'
import type { RequestLimits } from './request-limits.ts'
import { challengeCookie, sessionCookie } from './session-cookie.ts'
import { LOCKED, NOT_ACTING } from './turned-away.ts'

/** What every request needs from the service. */
export interface House {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly signIns: SignInLimits
  readonly requests: RequestLimits
  readonly abilityOf: (viewer: Viewer) => Ability
  readonly secureCookies: boolean
  /** Whether a URL that somebody types can ever be fetched. */
  readonly mayFetch: (url: URL) => boolean
  /** Reads measure packages in threads of its own. */
  readonly desk: PackageDesk
  /** One connection for loading; asked for when the first record comes, and again when it broke. */
  readonly intake: IntakeLine
  readonly vault: ReturnType<typeof openVault>
  /** What moves, whichever process moved it. */
  readonly movements: Movements
  /** Where people reach us, `https://commons.example.org`; null on a machine of one's own. */
  readonly origin: string | null
  /** The name of the region's own identity provider. */
  readonly identityProvider: string | null
}

/** One request on its way in: a visit to begin with, a viewer's context once somebody signed in is behind it. */
export interface Entrance {
  readonly visit: Visit
  /** Set by `enter`, before any field that needs it. */
  ctx: Ctx | null
  /** Seconds to wait, once the viewer or the organization asked too often; known after `enter`. */
  wait(): number | null
  /** Null when nobody is signed in. */
  enter(): Promise<Ctx | null>
  /** Remembers that the viewer was refused something, by the door or by what is behind it. */
  deny(act: Asked, outcome?: 'denied' | 'not-found'): void
  /** Remembers what was asked for: noted at the end, unless whoever read it has noted more. */
  look(act: Asked, found: boolean): void
  /** Whether a record under 42 CFR Part 2 was read; known until `end`. */
  readsUnderPart2(): boolean
  /** Ends the reading transaction, then notes what was refused in one of its own; to be awaited before anything is sent. */
  end(outcome: 'commit' | 'rollback'): Promise<void>
}

interface Asked {
  readonly action: Action
  readonly subject: SubjectName
  /** Ids that were named in the question. */
  readonly subjectIds: readonly string[]
}

export function openEntrance(house: House, request: Request, response: Response): Entrance {
  const visit = beginVisit(house, request, response)
  let reading: Reading | undefined
  let entering: Promise<Ctx | null> | undefined
  let wait: number | null = null
  const [denied, looks]: [Act[], Act[]] = [[], []]
  const entrance: Entrance = {
    visit,
    ctx: null,
    wait: () => wait,
    enter() {
      entering ??= visit.session().then((session) => {
        if (!session) return null
        const { userId, organizationId } = session.viewer
        wait = house.requests.take('user', userId) ?? house.requests.take('organization', organizationId)
        reading = beginReading(house, visit, session)
        return reading.ctx
      })
      return entering
    },
    deny: (act, outcome = 'denied') => void denied.push({ ...act, outcome }),
    look: (act, found) => void looks.push({ ...act, outcome: found ? 'allowed' : 'not-found' }),
    readsUnderPart2: () => reading?.ctx.notes.some(({ underPart2 }) => underPart2) ?? false,
    async end(outcome) {
      const notes = reading?.ctx.notes
      notes?.push(...looks.splice(0).filter((look) => !notes.some((note) => tellsOf(note, look))))
      // One after the other: a request that held a connection and waited for a second one could starve all others of the pool.
      await reading?.end(outcome)
      const ctx = denied.length > 0 && (await entrance.enter())
      if (ctx) await ctx.write((tx) => keepEvents(tx, ctx, denied.splice(0)))
    },
  }
  return entrance
}

/** A reader's own note says more than the door knows; of what was not there it has to name the same ids. */
const tellsOf = (note: Act, look: Act): boolean =>
  note.subject === look.subject &&
  (look.outcome === 'allowed' || look.subjectIds.every((id) => note.subjectIds.includes(id) || note.practiceId === id))

function beginVisit(house: House, request: Request, response: Response): Visit {
  const { sessions, clock, signIns, vault, movements, identityProvider } = house
  const system = systemBehind(request)
  const token = system ? null : sessionCookie.read(request)
  const requestId = newId<'Request'>()
  const actingAs = actingAsOf(request)
  const secure = house.secureCookies || request.secure
  const look = async (inUse: boolean): Promise<SessionLook> => {
    if (!token) return { state: 'none' }
    const found = await openSession({ sessions, clock, token }, { actingAs, inUse })
    if (found.state === 'not-acting') await noteNotActing(house, requestId, found.userId)
    return found
  }
  let looking: Promise<SessionLook> | undefined
  return {
    sessions,
    clock,
    signIns,
    vault,
    movements,
    identityProvider,
    token,
    requestId,
    kept: { acts: 0 },
    address: request.ip ?? '',
    userAgent: request.headers['user-agent'] ?? '',
    relyingParty: relyingPartyOf(house.origin, request.headers.host),
    challenge: challengeCookie.read(request),
    look,
    async session() {
      const found = await (looking ??= look(true))
      if (found.state === 'locked') throw LOCKED()
      if (found.state === 'not-acting') throw NOT_ACTING()
      return found.state === 'open' ? found.session : system
    },
    handOut: (next) => sessionCookie.write(response, next, secure),
    handOutChallenge: (next) => challengeCookie.write(response, next, secure),
  }
}

/** A membership for this request alone: a tab keeps to its own while another tab switches. */
function actingAsOf({ headers }: Request): string | null {
  const asked = headers['x-acting-as']
  if (asked === undefined) return null
  return typeof asked === 'string' && isUuid(asked) ? asked : NOBODYS
}

/** The nil UUID: no membership has it. */
const NOBODYS = '00000000-0000-0000-0000-000000000000'

const noteNotActing = ({ sessions, clock }: House, requestId: string, userId: string) =>
  sessions.within({ kind: 'door' }, (tx) =>
    keepDoorEvent(tx, { clock, requestId }, { action: 'act-as', userId, membershipId: null, outcome: 'denied' }),
  )

/** Passkeys are bound to a name that people trust: the configured one, or this machine's own. An IP address has none. */
function relyingPartyOf(origin: string | null, host: string | undefined): RelyingParty | null {
  const url = origin ?? (host && /^localhost(:\d+)?$/i.test(host) ? `http://${host.toLowerCase()}` : null)
  return url ? { id: new URL(url).hostname, origin: new URL(url).origin } : null
}
