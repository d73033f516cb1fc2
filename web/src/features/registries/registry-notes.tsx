import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { Definition } from './definition.tsx'
import styles from './registry-notes.module.css'

export const RegistryNotes_registry = graphql(`
  fragment RegistryNotes_registry on Registry {
    title
    description
    version
    packageHash
    sources
    cql
    agreedAt
  }
`)

/** What each registry counts, by which version, what that rests on, and the definition itself. */
export function RegistryNotes({ registries }: { registries: readonly ({ id: string } & FragmentOf<typeof RegistryNotes_registry>)[] }) {
  return (
    <Section title={words.registries.meaning}>
      <dl className={styles['notes']}>
        {registries.map((one) => {
          const registry = readFragment(RegistryNotes_registry, one)
          return (
            <div key={one.id}>
              <dt className="strong">{registry.title}</dt>
              <dd>{registry.description}</dd>
              <dd className="soft small" title={registry.packageHash}>
                {words.registries.version(registry.version, registry.packageHash.slice(0, 12))}, {words.registries.inForce}{' '}
                <At instant={registry.agreedAt} />
              </dd>
              <dd className="small">
                <Definition of={registry} />
              </dd>
            </div>
          )
        })}
      </dl>
    </Section>
  )
}
