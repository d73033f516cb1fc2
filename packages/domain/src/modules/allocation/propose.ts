import { Worker } from 'node:worker_threads'
import { problemFaults } from './check-problem.ts'
import type { Plan } from './plan.ts'
import type { Problem } from './problem.ts'

export type Proposal = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly faults: readonly string[] }

export interface ProposeLimits {
  /** For the plan and the prices of its rules together. */
  readonly seconds: number
  readonly memoryMb?: number
}

/** How much longer than it was told a thread may take before it is ended. */
const GRACE_SECONDS = 5

/** Proposes who serves which practice, in a thread of its own that ends with the answer. */
export async function propose(problem: Problem, { seconds, memoryMb = 512 }: ProposeLimits): Promise<Proposal> {
  const faults = problemFaults(problem)
  if (faults.length > 0) return { ok: false, faults }
  const worker = new Worker(new URL('./propose-thread.ts', import.meta.url), {
    workerData: { problem, seconds },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  try {
    return await new Promise<Proposal>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`No plan within ${seconds} seconds.`)), (seconds + GRACE_SECONDS) * 1000)
      worker.on('exit', () => clearTimeout(limit))
      worker.on('message', resolve).on('error', reject)
      worker.on('exit', (code) => reject(new Error(`The thread that plans ended with exit code ${code}.`)))
    })
  } finally {
    await worker.terminate()
  }
}
