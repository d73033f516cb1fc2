import { buildRegistryPackages, type MeasurePackage, registrySourceHash } from '@carecommons/cql'
import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sessions, Tx } from '#shared/sessions'

/** Puts the registries that ship with the product in force where nobody has agreed on something else. Translates them only when they changed. */
export async function loadRegistries(sessions: Sessions): Promise<void> {
  const scope = { kind: 'worker', practiceIds: 'none' } as const
  const sourceHash = registrySourceHash()
  const present = await sessions.within(scope, ({ db }) =>
    db.selectFrom('registry_package').select('hash').where('source_hash', '=', sourceHash).execute(),
  )
  if (present.length > 0) return
  const packages = await buildRegistryPackages()
  await sessions.within(scope, async ({ db }) => {
    for (const [position, pkg] of packages.entries()) {
      await keepRegistryPackage(db, pkg, sourceHash)
      await sql`
        insert into registry_term (id, registry, package_hash, position, agreed_with, agreed_at)
        select ${newId<'RegistryTerm'>()}, ${pkg.id}, ${pkg.hash}, ${position}, 'Ships with the product', now()
         where not exists (select from (select agreed_by, package_hash from registry_term where registry = ${pkg.id}
                                         order by agreed_at desc, id desc limit 1) latest
                            where latest.agreed_by is not null or latest.package_hash = ${pkg.hash})`.execute(db)
    }
  })
}

async function keepRegistryPackage(db: Tx['db'], { id, hash, version, title, bundle }: MeasurePackage, sourceHash: string): Promise<void> {
  const resources = bundle.entry.map(({ resource }) => resource)
  const measure = resources.find(({ resourceType }) => resourceType === 'Measure') as unknown as MeasureWords
  const library = resources.find((one) => one.resourceType === 'Library' && measure.library.includes(one.url))
  const cql = library?.resourceType === 'Library' && library.content.find(({ contentType }) => contentType === 'text/cql')
  await db
    .insertInto('registry_package')
    .values({
      ...{ hash, registry: id, version, title, bundle: JSON.stringify(bundle) },
      description: measure.description ?? '',
      sources: (measure.relatedArtifact ?? []).flatMap(({ citation }) => citation ?? []),
      cql: cql ? Buffer.from(cql.data, 'base64').toString('utf8') : '',
      source_hash: sourceHash,
      loaded_at: new Date().toISOString(),
    })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ source_hash: sourceHash }))
    .execute()
}

interface MeasureWords {
  readonly description?: string
  readonly library: readonly string[]
  readonly relatedArtifact?: readonly { readonly citation?: string }[]
}
