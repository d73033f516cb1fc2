import { downloadExport } from '@carecommons/domain/graphql'
import { isRefusal } from '@carecommons/kernel'
import type { RequestHandler } from 'express'
import { refuse } from './caller-checks.ts'
import { type House, openEntrance } from './entrance.ts'
import { HURRIED, REFUSAL } from './guard-doors.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const

/** `GET /exports/lists/<id>`: a file of the patients' list, for whoever asked for it, while they may still read what is in it. */
export const listExport = (house: House): RequestHandler<{ id: string }> =>
  async function listFile(request, response) {
    const { id } = request.params
    const entrance = openEntrance(house, request, response)
    const ctx = await entrance.enter()
    if (!ctx) return refuse(response, 401, 'Sign in first.', 'UNAUTHENTICATED')
    if (entrance.wait() !== null) return refuse(response, 429, HURRIED, 'RATE_LIMITED')
    const end = async (status: number, message: string, code: string, outcome?: 'not-found') => {
      entrance.deny({ action: 'export', subject: 'ListExport', subjectIds: [] }, outcome)
      await entrance.end('rollback')
      refuse(response, status, message, code)
    }
    if (!ctx.ability.can('export', 'Chart') || !ctx.ability.can('read', 'ListExport')) return end(403, REFUSAL, 'FORBIDDEN')
    try {
      const file = await downloadExport(ctx, id)
      if (isRefusal(file)) {
        if (file.code === 'ExportNotFound') return await end(404, file.message, file.code, 'not-found')
        return await end(file.code === 'ExportGone' ? 410 : 403, file.message, file.code)
      }
      await entrance.end('commit')
      response.type(TYPES[file.format]).attachment(`patients.${file.format}`).send(file.content)
    } catch (error) {
      await entrance.end('rollback')
      throw error
    }
  }
