import { buildStarterPackages, type MeasurePackage, starterSourceHash } from '@carecommons/cql'
import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sessions, Tx } from '#shared/sessions'

/** From when on the starter set holds: before any record. */
const ALWAYS = '1900-01-01'

/**
 * Puts the starter set and its strata in force where nobody has agreed on something else. Translates it only when its sources changed since. Answers the
 * number of measures translated.
 */
export async function loadStarterSet(sessions: Sessions): Promise<number> {
  const scope = { kind: 'worker', practiceIds: 'none' } as const
  await sessions.within(scope, ({ db }) => agreeOnStarterStrata(db))
  const sourceHash = starterSourceHash()
  const present = await sessions.within(scope, ({ db }) =>
    db.selectFrom('measure_package').select('hash').where('source_hash', '=', sourceHash).execute(),
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
          url: pkg.url,
          version: pkg.version,
          title: pkg.title,
          ...wording(pkg),
          source_hash: sourceHash,
          bundle: JSON.stringify(pkg.bundle),
          loaded_at: new Date().toISOString(),
        })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ source_hash: sourceHash }))
        .execute()
      const latest = await db
        .selectFrom('measure_term')
        .select(['agreed_by', 'package_hash'])
        .where('measure_id', '=', pkg.id)
        .orderBy('agreed_at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst()
      if (latest && (latest.agreed_by !== null || latest.package_hash === pkg.hash)) continue
      await db
        .insertInto('measure_term')
        .values({
          id: newId<'MeasureTerm'>(),
          measure_id: pkg.id,
          package_hash: pkg.hash,
          starts_on: ALWAYS,
          ends_on: null,
          position,
          agreed_by: null,
          agreed_with: 'Starter set',
          agreed_at: new Date().toISOString(),
        })
        .execute()
    }
  })
  return packages.length
}

/** Adults by the ages at which programs and coverage change. */
async function agreeOnStarterStrata(db: Tx['db']): Promise<void> {
  await sql`
    insert into strata_term (id, starts_on, age_bounds, by_sex, by_zip3, agreed_with, agreed_at)
    select ${newId<'StrataTerm'>()}, ${ALWAYS}, ${[18, 40, 65, 75]}::smallint[], true, true, 'Starter set', now()
     where not exists (select from strata_term)`.execute(db)
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
