import type { Progress } from '../compiler/progress.ts'
import type { Chart, DefinitionValue, LoadedMeasure, MeasurementPeriod, MembershipResult, Wanted } from '../engine.ts'
import type { UrlPrefixes } from '../fhir/canonical-urls.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import type { PackageOpening } from '../package/package-opening.ts'
import type { ChartMove } from './compared-charts.ts'
import type { ClosedGaps, OpeningDay } from './opening-days.ts'
import type { PackedMemberships } from './packed-memberships.ts'

/** What a thread is given when it starts. */
export interface ThreadData {
  readonly progress: Progress
  readonly prefixes: UrlPrefixes | undefined
}

/** What a thread is asked to do with packages that it has been given. */
export type Task = EvaluateTask | PlaceTask | OpeningTask | DescribeTask | ValuesTask | OpenTask | CompareTask

export interface EvaluateTask {
  readonly kind: 'evaluate'
  readonly packages: readonly MeasurePackage[]
  readonly charts: readonly Chart[]
  readonly period: MeasurementPeriod
  readonly wanted: Wanted
}

/** The same, and only what is stored of it is answered. */
export interface PlaceTask extends Omit<EvaluateTask, 'kind' | 'wanted'> {
  readonly kind: 'place'
}

export interface OpeningTask {
  readonly kind: 'opening'
  readonly packages: readonly MeasurePackage[]
  readonly charts: readonly Chart[]
  readonly gaps: ClosedGaps
}

export interface DescribeTask {
  readonly kind: 'describe'
  readonly packages: readonly [MeasurePackage]
}

export interface ValuesTask {
  readonly kind: 'values'
  readonly packages: readonly [MeasurePackage]
  readonly definitions: readonly string[]
  readonly chart: Chart
  readonly period: MeasurementPeriod
}

/** Two versions, and where charts stand under each. */
export interface CompareTask {
  readonly kind: 'compare'
  readonly packages: readonly [MeasurePackage, MeasurePackage]
  readonly charts: readonly Chart[]
  readonly period: MeasurementPeriod
}

/** Bytes of a file that may be a package. */
export interface OpenTask {
  readonly kind: 'open'
  readonly packages: readonly []
  readonly bytes: Uint8Array
}

/** What a loaded measure says of itself. */
export type MeasureDescription = Pick<LoadedMeasure, 'groups' | 'supplementalData' | 'requirements'>

export interface Answers {
  readonly evaluate: Map<string, MembershipResult[]>
  readonly place: PackedMemberships
  readonly opening: OpeningDay[]
  readonly describe: MeasureDescription
  readonly values: DefinitionValue[]
  readonly open: PackageOpening
  readonly compare: ChartMove[]
}

type Sent<T extends Task> = Omit<T, 'packages'>

export interface ThreadRequest {
  /** Drop every package loaded so far. */
  readonly forget: boolean
  /** Packages this thread has not seen. */
  readonly load: readonly MeasurePackage[]
  /** Hashes of the task's packages. */
  readonly measures: readonly string[]
  readonly task:
    Sent<EvaluateTask> | Sent<PlaceTask> | Sent<OpeningTask> | Sent<DescribeTask> | Sent<ValuesTask> | Sent<OpenTask> | Sent<CompareTask>
}

/** The name for all definitions of a package, where its hash alone stands for those that its criteria reach. */
export const wholeOf = (hash: string): string => `${hash} whole`

/** What a thread says of a package before it works with it: it may not come back from that. */
export interface LoadedNews {
  /** Hash of the package, or `wholeOf` it. */
  readonly loaded: string
  readonly places: NonNullable<LoadedMeasure['places']>
}

export type ThreadReply = { readonly ok: true; readonly answer: Answers[Task['kind']] } | { readonly ok: false; readonly message: string }
