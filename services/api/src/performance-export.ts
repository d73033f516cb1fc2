import { exportPerformance } from '@carecommons/domain/graphql'
import { type Day, isDay } from '@carecommons/kernel'
import type { RequestHandler } from 'express'
import { refuse } from './caller-checks.ts'
import { type House, openEntrance } from './entrance.ts'
import { HURRIED, REFUSAL } from './guard-doors.ts'

/** `GET /exports/performance.csv?start=&end=`: the payer's table as a file. A link can be followed from anywhere; it changes nothing. */
export const performanceExport = (house: House): RequestHandler =>
  async function performanceCsv(request, response) {
    const period = periodOf(request.query['start'], request.query['end'])
    if (period === 'unreadable') return refuse(response, 400, "'start' and 'end' are days, YYYY-MM-DD, both or neither.")
    const entrance = openEntrance(house, request, response)
    const ctx = await entrance.enter()
    if (!ctx) return refuse(response, 401, 'Sign in first.', 'UNAUTHENTICATED')
    if (entrance.wait() !== null) return refuse(response, 429, HURRIED, 'RATE_LIMITED')
    if (!ctx.ability.can('export', 'Performance')) {
      entrance.deny({ action: 'export', subject: 'Performance', subjectIds: [] })
      await entrance.end('rollback')
      return refuse(response, 403, REFUSAL, 'FORBIDDEN')
    }
    try {
      const csv = await exportPerformance(ctx, period)
      await entrance.end('commit')
      if (csv === null) return refuse(response, 404, 'Nothing is published for this period.', 'NOT_FOUND')
      response.type('text/csv; charset=utf-8').attachment('performance.csv').send(csv)
    } catch (error) {
      await entrance.end('rollback')
      throw error
    }
  }

function periodOf(start: unknown, end: unknown): { start: Day; end: Day } | null | 'unreadable' {
  if (start === undefined && end === undefined) return null
  if (typeof start !== 'string' || typeof end !== 'string' || !isDay(start) || !isDay(end)) return 'unreadable'
  return { start, end }
}
