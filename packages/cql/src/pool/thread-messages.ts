import type { Chart, MeasurementPeriod, MembershipResult } from '../engine.ts'
import type { MeasurePackage } from '../package/measure-package.ts'

export interface ThreadRequest {
  /** Drop every package loaded so far. */
  readonly forget: boolean
  /** Packages this thread has not seen. */
  readonly load: readonly MeasurePackage[]
  /** Hashes of the packages to evaluate. */
  readonly measures: readonly string[]
  readonly charts: readonly Chart[]
  readonly period: MeasurementPeriod
}

export type ThreadReply =
  { readonly ok: true; readonly results: Map<string, MembershipResult[]> } | { readonly ok: false; readonly message: string }
