import { once } from 'node:events'
import { type Ctx, exportAudit, requireStepUp } from '@carecommons/domain/graphql'
import { addDays, type Day, isDay } from '@carecommons/kernel'
import type { RequestHandler, Response } from 'express'
import { refuse } from './caller-checks.ts'
import { type Entrance, type House, openEntrance } from './entrance.ts'
import { HURRIED, REFUSAL, STEP_UP_NEEDED } from './guard-doors.ts'

/**
 * `GET /exports/audit.ndjson?from=&to=`: the audit as FHIR AuditEvent, the last thirty days unless told. Sent as it is read. `HEAD` answers
 * whether it would be: a link cannot ask its person to prove who they are.
 */
export const auditExport = (house: House): RequestHandler =>
  async function auditNdjson(request, response) {
    const entrance = openEntrance(house, request, response)
    const ctx = await entrance.enter()
    if (!ctx) return refuse(response, 401, 'Sign in first.', 'UNAUTHENTICATED')
    if (entrance.wait() !== null) return refuse(response, 429, HURRIED, 'RATE_LIMITED')
    if (!ctx.ability.can('export', 'AuditEvent')) {
      entrance.deny({ action: 'export', subject: 'AuditEvent', subjectIds: [] })
      await entrance.end('rollback')
      return refuse(response, 403, REFUSAL, 'FORBIDDEN')
    }
    const range = rangeOf(request.query['from'], request.query['to'], ctx.clock.today(ctx.region.timeZone))
    if (!range) return refuse(response, 400, "'from' and 'to' are days, YYYY-MM-DD, in this order.")
    const unconfirmed = requireStepUp(ctx)
    if (unconfirmed) {
      entrance.deny({ action: 'export', subject: 'AuditEvent', subjectIds: [] })
      await entrance.end('rollback')
      return refuse(response, 403, unconfirmed.message, STEP_UP_NEEDED)
    }
    if (request.method === 'HEAD') return void response.status(204).end()
    const pages = exportAudit(ctx, range)
    // The first page is there before the first byte is: what cannot be noted is told as an error.
    const first = await pages.next()
    response.attachment('audit.ndjson').type('application/fhir+ndjson')
    if (!first.done) await send(response, first.value)
    for await (const page of pages) {
      // Whose access ended gets no further page, and sees that the file is not whole.
      if (!response.destroyed && !(await isStillOpen(entrance, ctx))) response.destroy()
      if (response.destroyed) return
      await send(response, page)
    }
    response.end()
  }

/** Signed in as before, under the same membership, for the same practices. */
async function isStillOpen({ visit }: Entrance, { viewer }: Ctx): Promise<boolean> {
  const look = await visit.look(false)
  if (look.state !== 'open') return false
  const now = look.session.viewer
  return now.membershipId === viewer.membershipId && now.role === viewer.role && now.practiceIds.join() === viewer.practiceIds.join()
}

/** Waits for a slow reader; one that has gone is not waited for. */
async function send(response: Response, text: string): Promise<void> {
  if (response.destroyed || response.write(text)) return
  await Promise.race([once(response, 'drain'), once(response, 'close')])
}

function rangeOf(from: unknown, to: unknown, today: Day): { from: Day; to: Day } | null {
  const range = { from: from ?? addDays(today, -29), to: to ?? today }
  if (typeof range.from !== 'string' || typeof range.to !== 'string' || !isDay(range.from) || !isDay(range.to)) return null
  return range.from <= range.to ? { from: range.from, to: range.to } : null
}
