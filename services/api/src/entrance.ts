import { type Ability, type Action, scopeFor, type SubjectName, type Viewer } from '@carecommons/access'
import { type Act, type Ctx, openSession, type OpenSession, type SignInLimits, type Visit } from '@carecommons/domain/graphql'
import { keepEvents, keepNotes, type Sessions } from '@carecommons/domain'
import { type Clock, newId } from '@carecommons/kernel'
import type { Request, Response } from 'express'
import { systemBehind } from './auth/system-behind.ts'
import { beginOperation, type Operation } from './operation.ts'
import type { RequestLimits } from './request-limits.ts'
import { cookieOf, setCookie } from './session-cookie.ts'

/** What every request needs from the service. */
export interface House {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly signIns: SignInLimits
  readonly requests: RequestLimits
  readonly abilityOf: (viewer: Viewer) => Ability
  readonly secureCookies: boolean
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
  /** Remembers that the viewer was refused. */
  deny(act: Denied): void
  /** Ends the reading transaction, then notes what was refused in one of its own; to be awaited before anything is sent. */
  end(outcome: 'commit' | 'rollback'): Promise<void>
}

interface Denied {
  readonly action: Action
  readonly subject: SubjectName
}

export function openEntrance(house: House, request: Request, response: Response): Entrance {
  const visit = beginVisit(house, request, response)
  let operation: Operation | undefined
  let entering: Promise<Ctx | null> | undefined
  let wait: number | null = null
  const denied: Act[] = []
  const entrance: Entrance = {
    visit,
    ctx: null,
    wait: () => wait,
    enter() {
      entering ??= visit.session().then((session) => {
        if (!session) return null
        const { userId, organizationId } = session.viewer
        wait = house.requests.take('user', userId) ?? house.requests.take('organization', organizationId)
        operation = beginOperation(house.sessions, scopeFor(session.viewer))
        return contextOf(house, visit, session, operation)
      })
      return entering
    },
    deny: (act) => void denied.push({ ...act, subjectIds: [], outcome: 'denied' }),
    async end(outcome) {
      // Noted before the commit: what cannot be noted is not shown.
      if (outcome === 'commit') await noteRead(await entering, operation)
      // One after the other: a request that held a connection and waited for a second one could starve all others of the pool.
      await operation?.end(outcome)
      const ctx = denied.length > 0 && (await entrance.enter())
      if (ctx) await ctx.write((tx) => keepEvents(tx, ctx, denied.splice(0)))
    },
  }
  return entrance
}

async function noteRead(ctx: Ctx | null | undefined, operation: Operation | undefined): Promise<void> {
  try {
    if (ctx) await keepNotes(ctx)
  } catch (error) {
    await operation?.end('rollback')
    throw error
  }
}

function beginVisit({ sessions, clock, signIns, secureCookies, identityProvider }: House, request: Request, response: Response): Visit {
  const system = systemBehind(request)
  const token = system ? null : cookieOf(request)
  let session: Promise<OpenSession | null> | undefined
  return {
    sessions,
    clock,
    signIns,
    identityProvider,
    token,
    requestId: newId<'Request'>(),
    address: request.ip ?? '',
    session: () => (session ??= token ? openSession(sessions, clock, token) : Promise.resolve(system)),
    handOut: (next) => setCookie(response, next, secureCookies || request.secure),
  }
}

const contextOf = ({ sessions, clock, abilityOf }: House, visit: Visit, { viewer, region }: OpenSession, operation: Operation): Ctx => ({
  viewer,
  region,
  clock,
  ability: abilityOf(viewer),
  requestId: visit.requestId,
  notes: [],
  tx: () => operation.tx(),
  write: (work) => sessions.within(scopeFor(viewer), work),
})
