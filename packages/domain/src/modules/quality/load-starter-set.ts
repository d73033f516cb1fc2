import { buildStarterPackages, type MeasurePackage, starterSourceHash } from '@carecommons/cql'
import type { Sessions } from '#shared/sessions'

/** Puts the starter set in force. Translates it only when its sources changed since. Answers the number of measures translated. */
export async function loadStarterSet(sessions: Sessions): Promise<number> {
  const scope = { kind: 'worker', practiceIds: 'none' } as const
  const sourceHash = starterSourceHash()
  const present = await sessions.within(scope, ({ db }) =>
    db
      .selectFrom('active_measure')
      .innerJoin('measure_package', 'measure_package.hash', 'active_measure.package_hash')
      .select('measure_package.hash')
      .where('measure_package.source_hash', '=', sourceHash)
      .execute(),
  )
  if (present.length > 0) return 0
  const packages = await buildStarterPackages()
  await sessions.within(scope, async ({ db }) => {
    for (const [position, pkg] of packages.entries()) {
      await db
        .insertInto('measure_package')
        .values({
          hash: pkg.hash,
          measure_id: pkg.id,
          version: pkg.version,
          title: pkg.title,
          ...wording(pkg),
          source_hash: sourceHash,
          bundle: JSON.stringify(pkg.bundle),
          loaded_at: new Date().toISOString(),
        })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ source_hash: sourceHash }))
        .execute()
      await db
        .insertInto('active_measure')
        .values({ measure_id: pkg.id, position, package_hash: pkg.hash })
        .onConflict((conflict) => conflict.column('measure_id').doUpdateSet({ position, package_hash: pkg.hash }))
        .execute()
    }
  })
  return packages.length
}

/** What the Measure says of itself. `improvementNotation` is absent only from measures where more is better. */
function wording({ bundle }: MeasurePackage): { description: string; improvement: 'increase' | 'decrease' } {
  const measure = bundle.entry.map(({ resource }) => resource).find(({ resourceType }) => resourceType === 'Measure') as
    MeasureWording | undefined
  const notation = measure?.improvementNotation?.coding?.[0]?.code
  return { description: measure?.description ?? '', improvement: notation === 'decrease' ? 'decrease' : 'increase' }
}

interface MeasureWording {
  readonly description?: string
  readonly improvementNotation?: { readonly coding?: readonly { readonly code?: string }[] }
}
