import { availableParallelism } from 'node:os'
import { openCompiler, openEnginePool, type UrlPrefixes } from '@carecommons/cql'
import {
  askForRegistryPass,
  askForRegistriesInForce,
  type BulkConnection,
  estimateAlike,
  forgetExports,
  type Mail,
  makeAuditMonths,
  openFollower,
  openRiskFollower,
  openLoadedMeasures,
  openLoadedRegistries,
  openMonthsFollower,
  openRegistryFollower,
  overdueJobs,
  planRun,
  relayJobs,
  requestRun,
  runsUnderWay,
  type Sessions,
} from '@carecommons/domain'
import type { Jobs } from '@carecommons/jobs'
import { type Clock, isRefusal } from '@carecommons/kernel'
import { giveUpBuried, handlers } from './handlers.ts'
import { openSealer, type Sealing } from './seal-audit.ts'

export { openAuditHeads, readAuditHeads } from './audit-heads.ts'
export { openMail } from './open-mail.ts'
export type { Sealing } from './seal-audit.ts'

export interface WorkerOptions {
  readonly sessions: Sessions & { openBulk(): Promise<BulkConnection> }
  readonly jobs: Jobs
  readonly clock: Clock
  readonly region: { readonly id: string; readonly timeZone: string }
  /** Where letters go out, and the address of the web that they name. */
  readonly mail: Mail
  readonly publicUrl: string
  readonly seal: Sealing
  /** Somebody waits for figures and ends the worker with them: what nobody waits for is left to others. */
  readonly onlyRuns?: boolean
  /** Canonical prefixes that mean the same in records and measures; those known to the engine unless told. */
  readonly prefixes?: UrlPrefixes | undefined
  readonly log: (line: { level: 'info' | 'warn' | 'error'; event: string; message?: string }) => void
}

export interface Worker {
  /** Finishes what runs or hands it back. */
  close(): Promise<void>
}

const RELAY_EVERY_MS = 300
const REPAIR_EVERY_MS = 30_000
/** A person waits for what was just sent. */
const FOLLOW_EVERY_MS = 250
const RISK_EVERY_MS = 1_000
const HISTORY_EVERY_MS = 5_000
const SEAL_EVERY_MS = 1_500
const MONTHS_EVERY_MS = 6 * 3_600_000
const ESTIMATE_EVERY_MS = 60_000
const FORGET_EVERY_MS = 60_000

/** Works the region's jobs: carries ledger rows to the queue, runs their handlers, keeps the nightly schedule. */
export async function openWorker(options: WorkerOptions): Promise<Worker> {
  const { sessions, jobs, clock, region, mail, publicUrl, seal, onlyRuns = false, prefixes, log } = options
  const threads = Math.max(1, Math.min(availableParallelism(), 8))
  const pool = openEnginePool({ threads, prefixes })
  const compiler = openCompiler({ prefixes })
  const measures = openLoadedMeasures(sessions, compiler)
  const registries = openLoadedRegistries(sessions, compiler)
  const engine = `${compiler.name} ${compiler.version}`
  const post = { mail, clock, publicUrl }
  let stopping = false
  const work = handlers({ sessions, openBulk: () => sessions.openBulk(), jobs, pool, measures, registries, engine, post })
  await jobs.work({ ...work, 'schedule.tick': (tick) => nightly(sessions, clock, region, tick.dueAt) }, { concurrency: threads + 1 })
  await jobs.schedule({ key: 'nightly-measures', cron: '0 2 * * *', zone: region.timeZone })
  const relay = every(RELAY_EVERY_MS, log, 'RelayFailed', () =>
    relayJobs(sessions, !onlyRuns, (rows) =>
      jobs.enqueue(rows.map(({ id, name, practiceId }) => ({ jobId: id, name, group: practiceId ?? undefined }))),
    ),
  )
  const repair = every(REPAIR_EVERY_MS, log, 'RepairFailed', async () => {
    await giveUpBuried({ sessions, jobs, post })
    const overdue = await overdueJobs(sessions, REPAIR_EVERY_MS / 1000)
    await jobs.requeueMissing(overdue.map(({ id, name }) => ({ jobId: id, name })))
    for (const runId of await runsUnderWay(sessions)) {
      const tree = await planRun(sessions, runId, engine)
      if (tree) await jobs.enqueueFlow(tree)
    }
  })
  const follower = openFollower(sessions, pool, measures)
  const following = every(FOLLOW_EVERY_MS, log, 'FollowingFailed', async () => {
    while (!stopping && (await follower.follow()) > 0);
  })
  const risk = openRiskFollower(sessions, clock, region.timeZone)
  const ranking = every(RISK_EVERY_MS, log, 'RiskFailed', async () => {
    while (!stopping && !onlyRuns && (await risk.follow()) > 0);
  })
  const registryFollower = openRegistryFollower({ sessions, pool, registries })
  const counting = every(FOLLOW_EVERY_MS, log, 'RegistriesFailed', async () => {
    if (onlyRuns) return
    await askForRegistriesInForce(sessions)
    while (!stopping && (await registryFollower.follow()) > 0);
  })
  const history = openMonthsFollower({ sessions, pool, measures, clock, timeZone: region.timeZone })
  const lookingBack = every(HISTORY_EVERY_MS, log, 'MonthsFailed', async () => {
    while (!stopping && !onlyRuns && (await history.follow()) > 0);
  })
  const sealNew = openSealer(sessions, seal, (head) => log({ level: 'info', event: 'AuditSealed', message: JSON.stringify(head) }))
  const sealing = every(SEAL_EVERY_MS, log, 'SealingFailed', sealNew)
  const months = every(MONTHS_EVERY_MS, log, 'AuditMonthsFailed', () => makeAuditMonths(sessions))
  const forgetting = every(FORGET_EVERY_MS, log, 'ForgettingFailed', () => forgetExports(sessions))
  let told: string | undefined
  const estimates = every(ESTIMATE_EVERY_MS, log, 'EstimatesFailed', async () => (told = await estimateAlike(sessions, told)))
  return {
    async close() {
      stopping = true
      await Promise.all([
        following.stop(),
        ranking.stop(),
        counting.stop(),
        lookingBack.stop(),
        relay.stop(),
        repair.stop(),
        months.stop(),
        forgetting.stop(),
        estimates.stop(),
        sealing.stop(),
      ])
      await jobs.close()
      await pool.close()
      await sealNew()
    },
  }
}

/** Every night the current calendar year is computed anew, and everybody is counted: some come in and leave as days pass. */
async function nightly(sessions: Sessions, clock: Clock, region: WorkerOptions['region'], dueAt: Date): Promise<void> {
  const today = clock.today(region.timeZone)
  const year = today.slice(0, 4)
  const request = {
    regionId: region.id,
    period: { start: `${year}-01-01`, end: `${year}-12-31` },
    today,
    idempotencyKey: `nightly ${dueAt.toISOString()}`,
    requestedBy: null,
  }
  const outcome = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => requestRun(db, request))
  if (isRefusal(outcome)) throw new Error(outcome.message)
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => askForRegistryPass(db, request.idempotencyKey))
}

const SAY_AGAIN_MS = 30_000

/** Repeats work with a pause between, never two at once; a failure is logged, not more often than every half minute, and tried again. */
function every(ms: number, log: WorkerOptions['log'], event: string, work: () => Promise<unknown>): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let wake = (): void => undefined
  let said = 0
  const complain = (error: unknown): void => {
    if (Date.now() - said < SAY_AGAIN_MS) return
    said = Date.now()
    log({ level: 'error', event, message: error instanceof Error ? error.message : String(error) })
  }
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await work().catch(complain)
      if (!stopped) {
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, ms)
        })
      }
    }
  }
  const running = loop()
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
      wake()
      return running
    },
  }
}
