import { keepUpload, LARGEST_UPLOAD } from '@carecommons/domain/graphql'
import { isRefusal } from '@carecommons/kernel'
import type { RequestHandler } from 'express'
import type { House } from './entrance.ts'
import { receiveUpload, tellProblems } from './receive-upload.ts'

const RULE = {
  action: 'create',
  subject: 'RecordUpload',
  largestBytes: LARGEST_UPLOAD,
  tooLarge: { subject: 'File', message: `The file is larger than ${LARGEST_UPLOAD / 1024 / 1024} MB. Send it in parts.` },
} as const

/** `POST /uploads/records?name=&key=`: a file of FHIR records of the own practice, answered with the id under which it is read. */
export const recordUploads = (house: House): RequestHandler =>
  receiveUpload(house, RULE, async (ctx, { query }, content, response) => {
    const [name, idempotencyKey] = [query['name'], query['key']].map((value) => (typeof value === 'string' ? value : ''))
    const kept = await keepUpload(ctx, { name: name!, content, idempotencyKey: idempotencyKey! })
    if (isRefusal(kept)) {
      tellProblems(response, 422, [{ subject: 'File', message: kept.message }])
      return 'refused'
    }
    response.status(202).json({ id: kept })
    return 'done'
  })
