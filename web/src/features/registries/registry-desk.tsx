import { useState } from 'react'
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ActivateRegistry, RetireRegistry } from './agree-on-registry.tsx'
import { CompareVersion } from './compare-version.tsx'
import { ComparedVersion, ComparedVersion_comparison } from './compared-version.tsx'
import styles from './registry-desk.module.css'
import { RegistryVersion } from './registry-version.ts'

const Desk = graphql(
  `
    query RegistryDesk_versions {
      registryVersions {
        ...RegistryVersion
      }
      registryTerms {
        id
        title
        version
        agreedWith
        agreedBy
        agreedAt
      }
      registryComparisons {
        ...ComparedVersion_comparison
      }
    }
  `,
  [RegistryVersion, ComparedVersion_comparison],
)
type Version = RegistryVersion
type Term = ResultOf<typeof Desk>['registryTerms'][number]
type Asked = { readonly version: Version; readonly what: 'activate' | 'retire' | 'compare' }

const t = words.registries.desk

/** Which definition of each registry counts for all practices: what is there, what was agreed on, and changing it. */
export function RegistryDesk({ onChange }: { onChange: () => void }) {
  const [result, again] = useQuery({ query: Desk, requestPolicy: 'cache-and-network' })
  const [asked, setAsked] = useState<Asked | null>(null)
  const refresh = () => again({ requestPolicy: 'network-only' })
  const changed = () => {
    refresh()
    onChange()
  }
  useMoved('runs', refresh)
  const latest = (hash: string) => result.data?.registryComparisons.find(({ afterHash, isCurrent }) => afterHash === hash && isCurrent)
  return (
    <>
      <Loaded result={result} height={360} retry={refresh}>
        {({ registryVersions, registryTerms, registryComparisons }) => (
          <>
            <Section title={t.versions} note={t.versionsNote}>
              <DataTable
                label={t.versions}
                columns={versionColumns(registryVersions, setAsked)}
                rows={registryVersions}
                rowKey={({ packageHash }) => packageHash}
                empty={<p className="soft">{t.none}</p>}
              />
            </Section>
            {registryComparisons.length > 0 && (
              <Section title={t.compared} note={t.comparedNote}>
                {registryComparisons.map((comparison) => (
                  <ComparedVersion key={comparison.id} comparison={comparison} />
                ))}
              </Section>
            )}
            {registryTerms.length > 0 && (
              <Section title={t.agreed}>
                <DataTable label={t.agreed} columns={TERM_COLUMNS} rows={registryTerms} rowKey={({ id }) => id} />
              </Section>
            )}
          </>
        )}
      </Loaded>
      {asked?.what === 'compare' && <CompareVersion version={asked.version} onClose={() => setAsked(null)} onDone={refresh} />}
      {asked?.what === 'retire' && <RetireRegistry version={asked.version} onClose={() => setAsked(null)} onDone={changed} />}
      {asked?.what === 'activate' && (
        <ActivateRegistry
          version={asked.version}
          compared={latest(asked.version.packageHash)}
          onClose={() => setAsked(null)}
          onDone={changed}
        />
      )}
    </>
  )
}

/** Of a long title the end is left out, of the version nothing. */
const nameOf = ({ title, version }: Version) => (
  <span className={styles['name']} title={title}>
    <span>{title}</span> <span>{version}</span>
  </span>
)

/** What can be done stands beside the name: on a phone the rest scrolls away. */
const versionColumns = (all: readonly Version[], ask: (asked: Asked) => void): readonly Column<Version>[] => [
  { key: 'registry', head: t.columns.registry, width: 150, cell: nameOf },
  {
    key: 'actions',
    head: t.columns.actions,
    width: 180,
    cell: (version) => {
      const { isInForce, title, version: which } = version
      if (isInForce)
        return (
          <Button look="quiet" aria-label={t.retireOf(title)} onClick={() => ask({ version, what: 'retire' })}>
            {t.retire}
          </Button>
        )
      return (
        <span className={styles['actions']}>
          <Button
            look="quiet"
            aria-label={words.registries.compared.compareOf(title, which)}
            onClick={() => ask({ version, what: 'compare' })}
          >
            {words.registries.compared.compare}
          </Button>
          <Button look="quiet" aria-label={t.activateOf(title, which)} onClick={() => ask({ version, what: 'activate' })}>
            {t.activate}
          </Button>
        </span>
      )
    },
  },
  { key: 'use', head: t.columns.use, width: 200, cell: (version) => standingOf(version, all) },
  {
    key: 'definition',
    head: t.columns.definition,
    width: 130,
    cell: ({ packageHash }) => <code title={packageHash}>{packageHash.slice(0, 12)}</code>,
  },
  { key: 'loaded', head: t.columns.loaded, width: 90, align: 'end', cell: ({ loadedAt }) => <At instant={loadedAt} /> },
]

const TERM_COLUMNS: readonly Column<Term>[] = [
  { key: 'registry', head: t.columns.registry, width: 160, cell: ({ title }) => title },
  { key: 'version', head: t.columns.version, width: 90, cell: ({ version }) => version ?? t.retiredVersion },
  { key: 'with', head: t.columns.agreedWith, width: 280, cell: ({ agreedWith }) => <span title={agreedWith}>{agreedWith}</span> },
  { key: 'by', head: t.columns.by, width: 140, cell: ({ agreedBy }) => agreedBy ?? t.shipped },
  { key: 'at', head: t.columns.at, width: 130, align: 'end', cell: ({ agreedAt }) => <At instant={agreedAt} clock /> },
]

function standingOf({ isInForce, registry }: Version, all: readonly Version[]): string {
  if (isInForce) return t.use.inForce
  return all.some((one) => one.registry === registry && one.isInForce) ? t.use.replaced : t.use.retired
}
