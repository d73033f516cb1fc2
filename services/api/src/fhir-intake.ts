import { type IdentifierToken, readCondition, receiveResource } from '@carecommons/domain/graphql'
import { isRefusal } from '@carecommons/kernel'
import express, { type ErrorRequestHandler, type Response, Router } from 'express'
import { type House, openEntrance } from './entrance.ts'
import { HURRIED, REFUSAL } from './guard-doors.ts'
import type { Log } from './log.ts'
import { failureOf, tell } from './failures.ts'
import { newId } from '@carecommons/kernel'
import { httpStatusOf } from './turned-away.ts'

const FHIR_JSON = 'application/fhir+json; charset=utf-8'
/** A resource has a few kilobytes; this leaves room for one with a picture. */
const LIMIT = '1mb'

/** What the kinds of issue of FHIR's CodeSystem issue-type mean here. */
type IssueType =
  | 'informational'
  | 'structure'
  | 'invalid'
  | 'not-found'
  | 'not-supported'
  | 'conflict'
  | 'login'
  | 'forbidden'
  | 'throttled'
  | 'transient'
  | 'too-long'
  | 'exception'

interface IntakeHouse extends House {
  readonly log: Log
}

/**
 * `POST /fhir/{type}` for record systems of practices: one resource into a chart of theirs. Answers are OperationOutcomes that tell what
 * became of it and nothing of what is here.
 */
export function fhirIntake(house: IntakeHouse): Router {
  const router = Router()
  router.post('/:type', express.raw({ type: ['application/fhir+json', 'application/json'], limit: LIMIT }), async (request, response) => {
    const entrance = openEntrance(house, request, response)
    const ctx = await entrance.enter()
    if (!ctx) return answer(response, 401, 'login', 'Send a token: Authorization: Bearer.')
    const wait = entrance.wait()
    if (wait !== null) return answer(response.setHeader('retry-after', String(wait)), 429, 'throttled', HURRIED)
    const [practiceId] = ctx.viewer.practiceIds
    if (!ctx.ability.can('create', 'Intake') || practiceId === undefined) {
      entrance.deny({ action: 'create', subject: 'Intake', subjectIds: [] })
      await entrance.end('rollback')
      return answer(response, 403, 'forbidden', REFUSAL)
    }
    await entrance.end('rollback')
    if (!Buffer.isBuffer(request.body)) return answer(response, 415, 'not-supported', 'Send one resource as application/fhir+json.')
    const condition = conditionOf(request.headers['if-none-exist'])
    if (condition === 'unreadable') return answer(response, 400, 'invalid', 'If-None-Exist takes identifier=system|value.')
    const { type } = request.params
    const { userId, membershipId, role } = ctx.viewer
    const sender = { userId, membershipId, role, practiceId, requestId: ctx.requestId, subject: 'Intake' } as const
    const receipt = await house.intake((connection) =>
      receiveResource(connection, ctx.region, sender, { type, bytes: request.body as Buffer, ifNoneExist: condition }),
    )
    if (isRefusal(receipt)) return refuseResource(response, receipt.code, receipt.message)
    response.setHeader('location', `/fhir/${type}/${receipt.id}`).setHeader('etag', `W/"${receipt.watermark}"`)
    answer(response, receipt.change === 'created' ? 201 : 200, 'informational', WORDS[receipt.change])
  })
  router.use((_request, response) =>
    answer(response, 404, 'not-supported', 'Records are sent here: POST /fhir/{type}, one resource at a time.'),
  )
  router.use(inOutcome(house.log))
  return router
}

const WORDS = { created: 'Received.', updated: 'Received: it corrects what came before.', unchanged: 'Nothing new: it is here already.' }

function conditionOf(header: string | string[] | undefined): IdentifierToken | null | 'unreadable' {
  if (header === undefined) return null
  return (typeof header === 'string' ? readCondition(header) : null) ?? 'unreadable'
}

function refuseResource(response: Response, code: string, words: string): void {
  if (code === 'ImportUnderWay') return answer(response.setHeader('retry-after', '30'), 503, 'transient', words)
  if (code === 'older-version') return answer(response, 409, 'conflict', words)
  if (code === 'unknown-patient') return answer(response, 422, 'not-found', words)
  answer(response, code === 'json' || code === 'encoding' ? 400 : 422, code === 'json' ? 'structure' : 'invalid', words)
}

function answer(response: Response, status: number, code: IssueType, diagnostics: string): void {
  const severity = status < 300 ? 'information' : 'error'
  response.status(status).type(FHIR_JSON)
  response.send(JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics }] }))
}

/** Errors in the format of the face; their words are those of everywhere else. */
const inOutcome =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    const turnedAway = httpStatusOf(error)
    if (turnedAway !== null) return answer(response, turnedAway, 'forbidden', tell(error, newId<'Request'>(), log).message)
    const status = typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 500
    if (status === 413) return answer(response, 413, 'too-long', `A resource may have ${LIMIT}.`)
    if (status < 500) return answer(response, status, 'invalid', 'The request cannot be read.')
    const isAway = failureOf(error) === 'unavailable'
    if (isAway) response.setHeader('retry-after', '5')
    answer(response, isAway ? 503 : 500, isAway ? 'transient' : 'exception', tell(error, newId<'Request'>(), log).message)
  }
