import type { PackageProblem } from '@carecommons/cql'
import { isRefusal } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { filesThatDiffer, shrunkenSets } from './compare-versions.ts'
import { keepPackage } from './keep-package.ts'
import { pageOf } from './list-packages.ts'

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
  const { id, version, page } = opening.package
  if (!FHIR_ID.test(id)) {
    const message = 'The id of the Measure has other signs than letters, digits, hyphens and dots, or more than 64 of them.'
    return { kind: 'refused', problems: [{ subject: 'Measure', message }] }
  }
  const subject = `Measure/${id}`
  const others = (await versionsOf(ctx, id)).filter(({ hash }) => hash !== opening.package.hash)
  const taken = others.find((other) => other.version === version)
  if (taken) {
    const files = filesThatDiffer(await pageOf(ctx, taken.hash), page)
    if (files === null) return { kind: 'kept', hash: taken.hash, isNew: false, warnings: page.warnings }
    return { kind: 'refused', problems: [{ subject, message: versionTaken(version, files) }] }
  }
  const [latest] = others
  const shrunken = latest && shrunkenSets(opening.package, { version: latest.version, page: await pageOf(ctx, latest.hash) })
  if (shrunken && shrunken.problems.length > 0) return { kind: 'refused', problems: shrunken.problems }
  const kept = await keepPackage(ctx, opening.package)
  if (isRefusal(kept)) return { kind: 'refused', problems: [{ subject, message: kept.message }] }
  return { kind: 'kept', ...kept, warnings: [...(shrunken?.warnings ?? []), ...page.warnings] }
}

const versionTaken = (version: string, files: string): string =>
  `Version ${version} is here with other content; what differs: ${files}. Figures name their version, so a version never changes: ask the publisher for a new one, or raise Measure.version.`

/** Versions of a measure that are here, first the one agreed on last. */
async function versionsOf(ctx: Ctx, measureId: string): Promise<{ hash: string; version: string }[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ hash: string; version: string }>`
    select k.hash, k.version from measure_package k
     where k.measure_id = ${measureId} and ${room(ctx, 'read', 'MeasurePackage', {})}
     order by (select max(t.agreed_at) from measure_term t where t.package_hash = k.hash) desc nulls last, k.loaded_at desc, k.hash`.execute(
    db,
  )
  return rows
}
