// The contract of the job queue: one suite, held by both backends.
import type { Backend } from '@carecommons/jobs'
import { deliveryCases } from './delivery-cases.ts'
import { failureCases } from './failure-cases.ts'
import { faultCases } from './fault-cases.ts'
import { setUp } from './rig.ts'

describe.each<Backend['kind']>(['postgres', 'redis'])('the queue on %s', (kind) => {
  const rig = setUp(kind)
  deliveryCases(rig)
  failureCases(rig)
  faultCases(rig)
})
