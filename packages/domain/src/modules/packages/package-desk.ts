import {
  type Chart,
  type ChartExplanation,
  type DraftBench,
  explainChart,
  type MeasurementPeriod,
  type MeasurePackage,
  openDraftBench,
  openEnginePool,
  type PackageOpening,
  type PackagePage,
  readPackage,
  type UrlPrefixes,
} from '@carecommons/cql'

export type { UrlPrefixes } from '@carecommons/cql'

/** Reads packages in threads with limits of memory and time: whatever a file holds, it costs the service no more than its own refusal. */
export interface PackageDesk {
  open(bytes: Uint8Array): Promise<PackageOpening | 'busy'>
  /** The page of a package that was kept: of a hash always the same. */
  page(hash: string, bundle: () => Promise<string>): Promise<PackagePage>
  /** Why a chart stands where it stands in a kept measure; null when the package holds no logic that can be read. */
  explain(asked: ExplanationAsked): Promise<ChartExplanation | null>
  /** Where regional measures are translated. */
  drafts(): DraftBench
  close(): Promise<void>
}

export interface ExplanationAsked {
  readonly hash: string
  bundle(): Promise<string>
  /** The chart with its records of these types. */
  chart(types: readonly string[]): Promise<Chart>
  readonly period: MeasurementPeriod
  /** What people call a record (`Type/id`) of the chart. */
  nameOf(reference: string): string | undefined
}

/** So many wait for the thread at most; who comes then is asked to come again. */
const MOST_WAITING = 4
const PAGES_KEPT = 24

/** Its thread starts with the first package. `prefixes` of canonical URLs are those that the region's figures are made with. */
export function openPackageDesk(prefixes?: UrlPrefixes): PackageDesk {
  const pool = openEnginePool({ threads: 1, memoryMb: 1024, seconds: 90, prefixes })
  // Of its own: who asks why does not wait until somebody's package has been read.
  const reasons = openEnginePool({ threads: 1, memoryMb: 512, seconds: 30, prefixes })
  const logics = new Map<string, Promise<MeasurePackage | null>>()
  let waiting = 0
  let bench: DraftBench | undefined
  const pages = new Map<string, Promise<PackagePage>>()
  const read = async (bytes: Uint8Array): Promise<PackageOpening> => {
    waiting++
    try {
      return await pool.open(bytes)
    } catch (error) {
      const why = error instanceof Error ? TOO_MUCH.exec(error.message)?.[1] : undefined
      if (why === undefined) throw error
      const message = `It could not be read and compiled: ${why} Split its longest definitions, or leave out what the measure does not use.`
      return { ok: false, problems: [{ subject: 'Bundle', message }] }
    } finally {
      waiting--
    }
  }
  const makePage = async (bundle: () => Promise<string>): Promise<PackagePage> => {
    const opening = await read(Buffer.from(await bundle()))
    if (!opening.ok) throw new Error(opening.problems.map(({ message }) => message).join(' '))
    return opening.package.page
  }
  return {
    open: async (bytes) => (waiting >= MOST_WAITING ? 'busy' : read(bytes)),
    page: (hash, bundle) => kept(pages, hash, () => makePage(bundle)),
    async explain({ hash, bundle, chart, period, nameOf }) {
      const pkg = await kept(logics, hash, async () => logicOf(await bundle()))
      if (!pkg) return null
      const { requirements } = await reasons.describe(pkg)
      return explainChart(reasons, pkg, await chart([...new Set(['Patient', ...requirements.map(({ type }) => type)])]), period, nameOf)
    },
    drafts: () => (bench ??= openDraftBench()),
    close: async () => void (await Promise.all([pool.close(), reasons.close(), bench?.close()])),
  }
}

/** What was worked out last, by hash; a failure is not kept. */
function kept<Value>(among: Map<string, Promise<Value>>, hash: string, make: () => Promise<Value>): Promise<Value> {
  const one = among.get(hash) ?? make()
  among.delete(hash)
  among.set(hash, one)
  one.catch(() => among.delete(hash))
  const [oldest] = among.keys()
  if (among.size > PAGES_KEPT && oldest !== undefined) among.delete(oldest)
  return one
}

function logicOf(bundle: string): MeasurePackage | null {
  const reading = readPackage(JSON.parse(bundle))
  return reading.ok ? reading.package : null
}

/** What a pool says of a thread that was lost, or that met something nobody foresaw in a file. */
const TOO_MUCH = /^(?:An engine thread stopped while it read a package|The measures could not be evaluated): (.*)$/s
