import type { Action } from '@carecommons/access'
import { type Ctx, loadPackage, type LoadOutcome, startDeckCheck } from '@carecommons/domain/graphql'
import { isRefusal } from '@carecommons/kernel'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { fromOurPages, refuse } from './caller-checks.ts'
import { type Entrance, type House, openEntrance } from './entrance.ts'
import { HURRIED, REFUSAL } from './guard-doors.ts'

/** Official packages have at most a few megabytes when they are compressed. */
const LARGEST = '32mb'
const receive = express.raw({ type: () => true, limit: LARGEST })

/**
 * Files of the region's analyst. `POST /uploads/measure-package`: a FHIR Bundle, gzipped or not, answered with the hash of the version or
 * with every reason why it cannot be used. `POST /uploads/deck?package=&name=`: test cases of a package, answered with the id of their check.
 */
export function measureUploads(house: House): Router {
  const router = Router()
  router.post('/measure-package', fromOurPages, upload(house, 'create', takePackage))
  router.post('/deck', fromOurPages, upload(house, 'create', takeDeck))
  return router
}

type Take = (ctx: Ctx, request: Request, bytes: Buffer, response: Response) => Promise<'done' | 'refused'>

/** Nothing of a body is read before it is known who sends it. */
const upload = (house: House, action: Action, take: Take): RequestHandler =>
  async function receiveFile(request, response) {
    const entrance = openEntrance(house, request, response)
    const ctx = await entrance.enter()
    if (!ctx) return refuse(response, 401, 'Sign in first.', 'UNAUTHENTICATED')
    if (entrance.wait() !== null) return refuse(response, 429, HURRIED, 'RATE_LIMITED')
    if (!ctx.ability.can(action, 'MeasurePackage')) {
      await note(entrance)
      return refuse(response, 403, REFUSAL, 'FORBIDDEN')
    }
    const bytes = await bodyOf(request, response)
    if (bytes === 'too-large') return problems(response, 413, [{ subject: 'Bundle', message: TOO_LARGE }])
    if ((await take(ctx, request, bytes, response)) === 'refused') await note(entrance)
    else await entrance.end('commit')
  }

/** What was refused is noted, as the door does it for operations. */
async function note(entrance: Entrance): Promise<void> {
  entrance.deny({ action: 'create', subject: 'MeasurePackage', subjectIds: [] })
  await entrance.end('rollback')
}

async function takePackage(ctx: Ctx, _request: Request, bytes: Buffer, response: Response): Promise<'done' | 'refused'> {
  const outcome: LoadOutcome = await loadPackage(ctx, bytes)
  if (outcome.kind === 'busy') {
    refuse(response.setHeader('retry-after', '20'), 503, 'Other packages are being read. Try again in a moment.', 'BUSY')
    return 'refused'
  }
  if (outcome.kind === 'refused') {
    problems(response, 422, outcome.problems)
    return 'refused'
  }
  const { hash, isNew, warnings } = outcome
  response.status(isNew ? 201 : 200).json({ hash, isNew, warnings })
  return 'done'
}

async function takeDeck(ctx: Ctx, { query }: Request, deck: Buffer, response: Response): Promise<'done' | 'refused'> {
  const [packageHash, name] = [query['package'], query['name']].map((value) => (typeof value === 'string' ? value : ''))
  const started = await startDeckCheck(ctx, { packageHash: packageHash!, name: name!, deck })
  if (isRefusal(started)) {
    problems(response, 422, [{ subject: 'Deck', message: started.message }])
    return 'refused'
  }
  response.status(202).json({ id: started })
  return 'done'
}

const TOO_LARGE = 'The file is larger than 32 MB. Send it compressed (.gz).'

const problems = (response: Response, status: number, found: readonly { readonly subject: string; readonly message: string }[]): void =>
  void response.status(status).json({ problems: found })

const bodyOf = (request: Request, response: Response): Promise<Buffer | 'too-large'> =>
  new Promise((resolve, reject) => {
    receive(request, response, (error?: unknown) => {
      if (!error) resolve(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
      else if (typeof error === 'object' && 'status' in error && error.status === 413) resolve('too-large')
      else reject(error as Error)
    })
  })
