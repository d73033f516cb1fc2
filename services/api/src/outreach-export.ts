import { exportOutreach } from '@carecommons/domain/graphql'
import { isRefusal } from '@carecommons/kernel'
import type { RequestHandler } from 'express'
import { refuse } from './caller-checks.ts'
import { type House, openEntrance } from './entrance.ts'
import { HURRIED, REFUSAL } from './guard-doors.ts'

/** As many as a link carries. */
const MOST_CHOSEN = 200

/**
 * `GET /exports/outreach.csv?measure=&within=90&patients=id,id`: people with an open gap, to be called, and with `within` those whose closed
 * gap comes due within so many days. Without `patients`, all in the own reach.
 */
export const outreachExport = (house: House): RequestHandler =>
  async function outreachCsv(request, response) {
    const { measure, patients, within } = request.query
    if (typeof measure !== 'string' || measure === '') return refuse(response, 400, "'measure' is the id of a measure.")
    if (patients !== undefined && typeof patients !== 'string') return refuse(response, 400, "'patients' are ids, with commas between.")
    if (within !== undefined && !(typeof within === 'string' && /^[1-9]\d{0,2}$/.test(within)))
      return refuse(response, 400, "'within' is a number of days, 1 to 999.")
    const withinDays = within === undefined ? null : Number(within)
    const patientIds = patients?.split(',') ?? null
    if (patientIds && patientIds.length > MOST_CHOSEN) return refuse(response, 400, `At most ${MOST_CHOSEN} people can be chosen.`)
    const entrance = openEntrance(house, request, response)
    const ctx = await entrance.enter()
    if (!ctx) return refuse(response, 401, 'Sign in first.', 'UNAUTHENTICATED')
    if (entrance.wait() !== null) return refuse(response, 429, HURRIED, 'RATE_LIMITED')
    const { ability } = ctx
    if (!ability.can('export', 'Chart') || !ability.can('read', 'ClinicalRecord') || !ability.can('read', 'Identifiers')) {
      entrance.deny({ action: 'export', subject: 'Chart', subjectIds: [] })
      await entrance.end('rollback')
      return refuse(response, 403, REFUSAL, 'FORBIDDEN')
    }
    try {
      const csv = await exportOutreach(ctx, { measure, withinDays, patientIds })
      if (isRefusal(csv)) {
        await entrance.end('rollback')
        return refuse(response, 409, csv.message, csv.code)
      }
      await entrance.end('commit')
      response.type('text/csv; charset=utf-8').attachment('outreach.csv').send(csv)
    } catch (error) {
      await entrance.end('rollback')
      throw error
    }
  }
