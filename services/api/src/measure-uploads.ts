import { type Ctx, loadPackage, type LoadOutcome, startDeckCheck } from '@carecommons/domain/graphql'
import { isRefusal } from '@carecommons/kernel'
import { type Request, type Response, Router } from 'express'
import { fromOurPages, refuse } from './caller-checks.ts'
import type { House } from './entrance.ts'
import { receiveUpload, tellProblems } from './receive-upload.ts'

/** Official packages have at most a few megabytes when they are compressed. */
const RULE = {
  action: 'create',
  subject: 'MeasurePackage',
  largestBytes: 32 * 1024 * 1024,
  tooLarge: { subject: 'Bundle', message: 'The file is larger than 32 MB. Send it compressed (.gz).' },
} as const

/**
 * Files of the region's analyst. `POST /uploads/measure-package`: a FHIR Bundle, gzipped or not, answered with the hash of the version or
 * with every reason why it cannot be used. `POST /uploads/deck?package=&name=`: test cases of a package, answered with the id of their check.
 */
export function measureUploads(house: House): Router {
  const router = Router()
  router.post('/measure-package', fromOurPages, receiveUpload(house, RULE, takePackage))
  router.post('/deck', fromOurPages, receiveUpload(house, RULE, takeDeck))
  return router
}

async function takePackage(ctx: Ctx, _request: Request, bytes: Buffer, response: Response): Promise<'done' | 'refused'> {
  const outcome: LoadOutcome = await loadPackage(ctx, bytes)
  if (outcome.kind === 'busy') {
    refuse(response.setHeader('retry-after', '20'), 503, 'Other packages are being read. Try again in a moment.', 'BUSY')
    return 'refused'
  }
  if (outcome.kind === 'refused') {
    tellProblems(response, 422, outcome.problems)
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
    tellProblems(response, 422, [{ subject: 'Deck', message: started.message }])
    return 'refused'
  }
  response.status(202).json({ id: started })
  return 'done'
}
