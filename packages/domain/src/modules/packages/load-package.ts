import type { PackageProblem } from '@carecommons/cql'
import { isRefusal } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'
import { keepPackage } from './keep-package.ts'

export type LoadOutcome =
  | { readonly kind: 'kept'; readonly hash: string; readonly isNew: boolean; readonly warnings: readonly PackageProblem[] }
  /** Every reason why it cannot be used, in words. Nothing was kept; what is in force stays. */
  | { readonly kind: 'refused'; readonly problems: readonly PackageProblem[] }
  | { readonly kind: 'busy' }

/** A measure's name becomes part of keys and addresses (FHIR R4, id). */
const FHIR_ID = /^[A-Za-z0-9\-.]{1,64}$/

/** Loads a measure package from the bytes of a file. */
export async function loadPackage(ctx: Ctx, bytes: Uint8Array): Promise<LoadOutcome> {
  const opening = await ctx.desk.open(bytes)
  if (opening === 'busy') return { kind: 'busy' }
  if (!opening.ok) return { kind: 'refused', problems: opening.problems }
  const { id, page } = opening.package
  if (!FHIR_ID.test(id)) {
    const message = 'The id of the Measure has other signs than letters, digits, hyphens and dots, or more than 64 of them.'
    return { kind: 'refused', problems: [{ subject: 'Measure', message }] }
  }
  const kept = await keepPackage(ctx, opening.package)
  if (isRefusal(kept)) return { kind: 'refused', problems: [{ subject: `Measure/${id}`, message: kept.message }] }
  return { kind: 'kept', ...kept, warnings: page.warnings }
}
