import { parentPort, workerData } from 'node:worker_threads'
import { openSolver } from './open-solver.ts'
import { proposeWith } from './propose-with.ts'
import type { Problem } from './problem.ts'

const { problem, seconds } = workerData as { readonly problem: Problem; readonly seconds: number }
parentPort!.postMessage(proposeWith(await openSolver(), problem, { seconds }))
