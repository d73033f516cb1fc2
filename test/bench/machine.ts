import { createHash } from 'node:crypto'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { figure, type Figure, inWords } from './figure.ts'

/** The machine, and how busy it is with something else. */
export function describeMachine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
  return `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${memory}, Node ${process.versions.node}, load ${load}`
}

/** Milliseconds of a fixed piece of work in one thread: figures of two machines, or of one machine on two days, compare through it. */
function calibration(): Figure {
  const bytes = Buffer.alloc(1 << 20, 'calibration')
  const once = (): number => {
    const begun = performance.now()
    let text = ''
    for (let round = 0; round < 40; round++) text = createHash('sha256').update(bytes).update(text).digest('hex')
    for (let round = 0; round < 300_000; round++) text = `${round}${text}`.slice(0, 64)
    return performance.now() - begun
  }
  once()
  return figure(once(), once(), once(), once(), once())
}

export const calibrationInWords = (): string => `calibration loop: ${inWords(calibration())} ms`
