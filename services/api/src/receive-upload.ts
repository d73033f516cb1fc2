import type { Action, SubjectName } from '@carecommons/access'
import type { Ctx } from '@carecommons/domain/graphql'
import express, { type Request, type RequestHandler, type Response } from 'express'
import { refuse } from './caller-checks.ts'
import { type House, openEntrance } from './entrance.ts'
import { HURRIED, REFUSAL } from './guard-doors.ts'

/** Why a file was not taken, in words. */
interface UploadProblem {
  readonly subject: string
  readonly message: string
}

interface UploadRule {
  readonly action: Action
  readonly subject: SubjectName
  readonly largestBytes: number
  /** What is said of a file that is larger. */
  readonly tooLarge: UploadProblem
}

type Take = (ctx: Ctx, request: Request, bytes: Buffer, response: Response) => Promise<'done' | 'refused'>

/** A file from a browser. Nothing of a body is read before it is known who sends it; what is refused is noted, as the door does it. */
export function receiveUpload(house: House, { action, subject, largestBytes, tooLarge }: UploadRule, take: Take): RequestHandler {
  const receive = express.raw({ type: () => true, limit: largestBytes })
  return async function receiveFile(request, response) {
    const entrance = openEntrance(house, request, response)
    const ctx = await entrance.enter()
    if (!ctx) return refuse(response, 401, 'Sign in first.', 'UNAUTHENTICATED')
    if (entrance.wait() !== null) return refuse(response, 429, HURRIED, 'RATE_LIMITED')
    const note = async (): Promise<void> => {
      entrance.deny({ action, subject, subjectIds: [] })
      await entrance.end('rollback')
    }
    if (!ctx.ability.can(action, subject)) {
      await note()
      return refuse(response, 403, REFUSAL, 'FORBIDDEN')
    }
    const bytes = await bodyOf(receive, request, response)
    if (bytes === 'too-large') {
      await note()
      return tellProblems(response, 413, [tooLarge])
    }
    if ((await take(ctx, request, bytes, response)) === 'refused') await note()
    else await entrance.end('commit')
  }
}

export const tellProblems = (response: Response, status: number, problems: readonly UploadProblem[]): void =>
  void response.status(status).json({ problems })

const bodyOf = (receive: RequestHandler, request: Request, response: Response): Promise<Buffer | 'too-large'> =>
  new Promise((resolve, reject) => {
    void receive(request, response, (error?: unknown) => {
      if (!error) resolve(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
      else if (typeof error === 'object' && 'status' in error && error.status === 413) resolve('too-large')
      else reject(error as Error)
    })
  })
