import { useState } from 'react'
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ActivateRegistry, RetireRegistry } from './agree-on-registry.tsx'

const Desk = graphql(`
  query RegistryDesk_versions {
    registryVersions {
      packageHash
      registry
      title
      description
      version
      sources
      cql
      isInForce
      loadedAt
    }
    registryTerms {
      id
      title
      version
      agreedWith
      agreedBy
      agreedAt
    }
  }
`)
type Version = ResultOf<typeof Desk>['registryVersions'][number]
type Term = ResultOf<typeof Desk>['registryTerms'][number]
type Asked = { readonly version: Version; readonly isRetiring: boolean }

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
  const Asking = asked?.isRetiring ? RetireRegistry : ActivateRegistry
  return (
    <>
      <Loaded result={result} height={360} retry={refresh}>
        {({ registryVersions, registryTerms }) => (
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
            {registryTerms.length > 0 && (
              <Section title={t.agreed}>
                <DataTable label={t.agreed} columns={TERM_COLUMNS} rows={registryTerms} rowKey={({ id }) => id} />
              </Section>
            )}
          </>
        )}
      </Loaded>
      {asked && <Asking version={asked.version} onClose={() => setAsked(null)} onDone={changed} />}
    </>
  )
}

const versionColumns = (all: readonly Version[], ask: (asked: Asked) => void): readonly Column<Version>[] => [
  { key: 'registry', head: t.columns.registry, width: 160, cell: ({ title }) => title },
  { key: 'version', head: t.columns.version, width: 90, cell: ({ version }) => version },
  { key: 'use', head: t.columns.use, width: 200, cell: (version) => standingOf(version, all) },
  {
    key: 'actions',
    head: t.columns.actions,
    width: 130,
    cell: (version) => {
      const { isInForce, title } = version
      return (
        <Button
          look="quiet"
          aria-label={isInForce ? t.retireOf(title) : t.activateOf(title, version.version)}
          onClick={() => ask({ version, isRetiring: isInForce })}
        >
          {isInForce ? t.retire : t.activate}
        </Button>
      )
    },
  },
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
