import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { percentFine } from '../../lib/numbers.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { LoadPackage } from './load-package.tsx'
import { shortHash, Term, Version, yearsOf } from './package-parts.ts'
import { StrataAgreement, StrataTerm } from './strata-agreement.tsx'
import { RetireMeasure } from './retire-measure.tsx'

const Packages = graphql(
  `
    query PackagesPage_packages($period: PeriodInput!) {
      measureSet(period: $period) {
        ...Term
      }
      measurePackages {
        ...Version
      }
      measureDrafts {
        id
        title
        updatedBy
        updatedAt
        publishedHash
      }
      strataTerms {
        ...StrataTerm
      }
      measureTerms {
        id
        packageHash
        startsOn
        endsOn
      }
    }
  `,
  [StrataTerm, Term, Version],
)

const t = words.packages
const THIS_YEAR = new Date().getFullYear()
const YEARS = Array.from({ length: 8 }, (_, index) => String(THIS_YEAR + 2 - index))

/** The measures of the region: what is computed for a year, who agreed on it, and every version that was loaded. */
export function Component() {
  const address = useAddress()
  const navigate = useNavigate()
  const year = address.get('year') ?? String(THIS_YEAR)
  const [result, again] = useQuery({ query: Packages, variables: { period: { start: `${year}-01-01`, end: `${year}-12-31` } } })
  const [retiring, setRetiring] = useState<Term | null>(null)
  const refresh = () => again({ requestPolicy: 'network-only' })
  const set = result.data?.measureSet ?? []
  const terms = result.data?.measureTerms ?? []
  const versions = result.data?.measurePackages ?? []
  const isAgreed = ({ hash }: Version): boolean => terms.some(({ packageHash }) => packageHash === hash)

  const setColumns: Column<Term>[] = [
    {
      key: 'measure',
      head: t.columns.measure,
      width: 280,
      cell: ({ title, packageHash }) => <Link to={`/measures/${packageHash}`}>{title}</Link>,
    },
    { key: 'version', head: t.columns.version, width: 100, cell: ({ version }) => version },
    { key: 'years', head: t.columns.years, width: 120, cell: ({ startsOn, endsOn }) => yearsOf(startsOn, endsOn) },
    { key: 'target', head: t.columns.target, width: 80, align: 'end', cell: ({ target }) => target !== null && percentFine(target) },
    { key: 'with', head: t.columns.agreedWith, width: 260, cell: ({ agreedWith }) => <span title={agreedWith}>{agreedWith}</span> },
    { key: 'by', head: t.columns.agreedBy, width: 140, cell: ({ agreedBy }) => agreedBy ?? t.shipped },
    { key: 'at', head: t.columns.agreedAt, width: 100, align: 'end', cell: ({ agreedAt }) => <At instant={agreedAt} /> },
    {
      key: 'actions',
      head: t.columns.actions,
      width: 110,
      cell: (term) => (
        <Button look="quiet" aria-label={t.retireOf(term.title)} onClick={() => setRetiring(term)}>
          {t.retire}
        </Button>
      ),
    },
  ]
  const versionColumns: Column<Version>[] = [
    { key: 'measure', head: t.columns.measure, width: 280, cell: ({ title }) => title },
    { key: 'version', head: t.columns.version, width: 100, cell: ({ version }) => version },
    { key: 'package', head: t.columns.package, width: 130, cell: ({ hash }) => <code title={hash}>{shortHash(hash)}</code> },
    {
      key: 'use',
      head: t.columns.use,
      width: 180,
      cell: (one) => {
        const now = set.find(({ packageHash }) => packageHash === one.hash)
        return now ? t.uses.inForce(yearsOf(now.startsOn, now.endsOn)) : one.isComputed ? t.uses.computed : isAgreed(one) ? '' : t.uses.none
      },
    },
    { key: 'loadedBy', head: t.columns.loadedBy, width: 140, cell: ({ loadedBy }) => loadedBy ?? t.shipped },
    { key: 'loaded', head: t.columns.loaded, width: 100, align: 'end', cell: ({ loadedAt }) => <At instant={loadedAt} /> },
  ]
  return (
    <Page
      title={t.title}
      tab={t.title}
      answer={<p>{result.data && t.answer(year, set.length, versions.filter((one) => !isAgreed(one)).length)}</p>}
      action={
        <Button look="primary" icon="download" onClick={() => address.set({ load: '1' })}>
          {t.load}
        </Button>
      }
    >
      <Section
        title={t.inForce}
        note={t.inForceNote}
        aside={
          <SelectField label={t.year} hideLabel value={year} onChange={(event) => address.set({ year: event.target.value })}>
            {YEARS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </SelectField>
        }
      >
        <Loaded result={result} height={400} retry={refresh}>
          {() => (
            <DataTable
              label={t.inForce}
              columns={setColumns}
              rows={set}
              rowKey={({ id }) => id}
              empty={<Empty title={t.noneInForce}>{t.noneInForceAdvice}</Empty>}
            />
          )}
        </Loaded>
      </Section>
      <Loaded result={result} height={120} retry={refresh}>
        {({ strataTerms }) => <StrataAgreement terms={strataTerms} year={year} onAgreed={refresh} />}
      </Loaded>
      <Section title={t.versions} note={t.versionsNote}>
        <Loaded result={result} height={400} retry={refresh}>
          {() => (
            <DataTable
              label={t.versions}
              columns={versionColumns}
              rows={versions}
              rowKey={({ hash }) => hash}
              opening={{ openKey: null, to: ({ hash }) => `/measures/${hash}`, open: ({ hash }) => void navigate(`/measures/${hash}`) }}
              empty={<Empty title={t.none}>{t.noneAdvice}</Empty>}
            />
          )}
        </Loaded>
      </Section>
      <Section
        title={words.drafts.title}
        note={words.drafts.note}
        aside={
          <Button icon="sign" onClick={() => void navigate('/measure-drafts/new')}>
            {words.drafts.write}
          </Button>
        }
      >
        <Loaded result={result} height={120} retry={refresh}>
          {({ measureDrafts }) => (
            <DataTable
              label={words.drafts.title}
              columns={DRAFT_COLUMNS}
              rows={measureDrafts}
              rowKey={({ id }) => id}
              opening={{ openKey: null, to: ({ id }) => `/measure-drafts/${id}`, open: ({ id }) => void navigate(`/measure-drafts/${id}`) }}
              empty={<Empty title={words.drafts.none}>{words.drafts.note}</Empty>}
            />
          )}
        </Loaded>
      </Section>
      {address.get('load') && (
        <LoadPackage onClose={() => address.set({ load: null })} onLoaded={(hash) => void navigate(`/measures/${hash}`)} />
      )}
      {retiring && <RetireMeasure term={retiring} year={year} onClose={() => setRetiring(null)} onDone={refresh} />}
    </Page>
  )
}

const DRAFT_COLUMNS: readonly Column<ResultOf<typeof Packages>['measureDrafts'][number]>[] = [
  { key: 'title', head: words.drafts.columns.title, width: 280, cell: ({ title }) => title },
  {
    key: 'published',
    head: words.drafts.columns.state,
    width: 140,
    cell: ({ publishedHash }) => (publishedHash ? words.drafts.published : words.drafts.unpublished),
  },
  { key: 'by', head: words.drafts.columns.by, width: 140, cell: ({ updatedBy }) => updatedBy },
  {
    key: 'changed',
    head: words.drafts.columns.changed,
    width: 120,
    align: 'end',
    cell: ({ updatedAt }) => <At instant={updatedAt} clock />,
  },
]
