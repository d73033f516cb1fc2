import { useEffect, useRef } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { fullDay, periodName } from '../../lib/dates.ts'
import { useKept } from '../../lib/kept.ts'
import { useMoved } from '../../lib/moved.ts'
import { useSettled } from '../../lib/settled.ts'
import { Button, ButtonAnchor } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { periodFrom } from '../../ui/period-select.tsx'
import { Problem } from '../../ui/problem.tsx'
import { BesidePanel } from '../../ui/side-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'
import { NoticeWithList } from '../sharing/redisclosure-notice.tsx'
import { useChartParts } from '../patient/chart-parts.ts'
import { ColumnChooser } from './column-chooser.tsx'
import { GapFilters } from './gap-filters.tsx'
import { PatientPanel } from './patient-panel.tsx'
import { PersonFilters, useWhose } from './person-filters.tsx'
import { registryColumns, SORTS } from './registry-columns.tsx'
import styles from './registry-page.module.css'
import { RegistrySelect } from './registry-select.tsx'
import { TierSelect, tierFrom } from './tier-select.tsx'
import { AHEAD, useComing } from './use-coming.ts'
import { type RegistryFilter, type RegistryPatient, usePatientPages } from './use-patient-pages.ts'

const Choices = graphql(`
  query RegistryPage_choices($overview: Boolean!) {
    practice @include(if: $overview) {
      conditionCounts {
        condition {
          key
          title
        }
        count
      }
      panels {
        clinician
        count
      }
      careManagers {
        careManager
        count
      }
      gapCounts {
        measure {
          id
          title
        }
        open
      }
    }
    measures {
      id
      title
    }
    everyone: patients(first: 1) {
      totalCount
    }
  }
`)

/**
 * A practice's patients as one dense list. Filters, sort, columns and the open row stand in the address, so a view can be saved as a
 * bookmark; the search text does not, because it is a name more often than not.
 */
export function Component() {
  const may = useMay()
  const { practiceIds } = useViewer()
  const address = useAddress()
  const [search, setSearch] = useKept('registry-search', '')
  const [top, setTop] = useKept('registry-top', 0)
  const [{ data: choices }] = useQuery({ query: Choices, variables: { overview: may('read', 'PracticeOverview') } })
  const searchField = useRef<HTMLInputElement>(null)

  const condition = address.get('condition')
  const [registry, gap] = [address.get('registry'), address.get('gap')]
  const tier = tierFrom(address.get('tier'))
  const ahead = AHEAD.find((days) => String(days) === address.get('due')) ?? null
  const whose = useWhose()
  const behind = populationFrom(address)
  const open = address.get('open')
  const hidden = new Set((address.get('hide') ?? '').split(',').filter(Boolean))
  const text = useSettled(search.trim())
  const parts = useChartParts()
  const columns = registryColumns(parts, ahead === null ? null : { measure: gap })
  const wanted = address.get('sort')
  const sort = columns.some((column) => column.sort === wanted) ? (wanted as SortKey) : 'NAME'
  const reversed = address.get('reversed') !== null
  const pages = usePatientPages({
    search: text || null,
    condition,
    ...whose.filter,
    openGap: ahead === null ? gap : null,
    comingGap: ahead === null ? null : { withinDays: ahead, measure: gap },
    coming: ahead !== null,
    registry,
    tier,
    inPopulation: behind,
    sort,
    reversed,
    ...parts,
  })
  const filtered = Boolean(text || condition || registry || whose.isNarrowed || tier !== null || gap || ahead || behind)
  const coming = useComing(ahead !== null)
  useFollowed(pages, filtered || sort !== 'NAME', parts.clinical)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      searchField.current?.focus()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])

  const nobody = filtered
    ? ahead === null
      ? words.registry.nobody.matching
      : coming.isKnown
        ? words.registry.nobody.due(words.registry.ahead[ahead], coming.until && fullDay(coming.until))
        : words.registry.nobody.notKnown
    : practiceIds.length > 0
      ? words.registry.nobody.imported
      : words.registry.nobody.reached
  const clear = () => {
    setSearch('')
    whose.clear()
    address.set({ condition: null, registry: null, tier: null, gap: null, due: null, measure: null, population: null, period: null })
  }
  const gapTitle = choices?.measures.find(({ id }) => id === gap)?.title
  const measureTitle = choices?.measures.find(({ id }) => id === behind?.measure)?.title
  const behindTitle =
    behind && words.registry.behind(words.populations[behind.population], measureTitle ?? '', behind.period && periodName(behind.period))
  return (
    <Page
      fill
      title={words.registry.title}
      tab={words.registry.title}
      answer={
        <p role="status" className={pages.fetching ? 'soft' : ''}>
          {pages.loadedAt > 0 && !coming.isKnown && pages.total === 0 && words.registry.nobody.notKnown.title}
          {pages.loadedAt > 0 &&
            (coming.isKnown || pages.total > 0) &&
            words.registry.answer({
              total: pages.total,
              of: choices?.everyone.totalCount,
              filtered,
              gap: gapTitle,
              ahead,
              behind: behindTitle,
            })}
          {pages.loadedAt === 0 && words.states.loading}
          {pages.waiting && (
            <>
              {' '}
              {words.registry.moved(pages.waiting.moved)}{' '}
              <Button look="quiet" onClick={pages.settle}>
                {words.registry.showMoved}
              </Button>
            </>
          )}
        </p>
      }
      action={
        <>
          {gap && parts.identifiers && may('export', 'Chart') && (
            <ButtonAnchor
              icon="download"
              download
              href={`/exports/outreach.csv?${new URLSearchParams({ measure: gap, ...(ahead && { within: String(ahead) }) })}`}
            >
              {words.registry.outreach}
            </ButtonAnchor>
          )}
          <ColumnChooser columns={columns.slice(1)} hidden={hidden} onChange={(next) => address.set({ hide: [...next].join(',') })} />
        </>
      }
    >
      <form className={`${styles['filters']} screenOnly`} role="search" onSubmit={(event) => event.preventDefault()}>
        <TextField
          ref={searchField}
          label={words.registry.search}
          hideLabel
          type="search"
          placeholder={words.registry.searchHint}
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {parts.clinical && (
          <>
            <SelectField
              label={words.registry.condition}
              hideLabel
              value={condition ?? ''}
              onChange={(event) => address.set({ condition: event.target.value })}
            >
              <option value="">{words.registry.anyCondition}</option>
              {choices?.practice?.conditionCounts.map(({ condition, count }) => (
                <option key={condition.key} value={condition.key}>
                  {words.registry.choice(condition.title, count)}
                </option>
              ))}
            </SelectField>
            <RegistrySelect chosen={registry} onChoose={(id) => address.set({ registry: id })} />
            <TierSelect tier={tier} onChoose={(chosen) => address.set({ tier: chosen })} />
            <GapFilters
              measures={choices?.practice?.gapCounts.map(({ measure, open }) => ({ ...measure, open })) ?? choices?.measures ?? []}
              measure={gap}
              ahead={ahead}
              onMeasure={(id) => address.set({ gap: id })}
              onAhead={(days) => address.set({ due: days })}
            />
          </>
        )}
        <PersonFilters whose={whose} choices={choices?.practice} />
        {filtered && (
          <Button look="quiet" icon="close" onClick={clear}>
            {words.registry.clear}
          </Button>
        )}
      </form>
      {pages.error && <Problem error={pages.error} retry={pages.retry} stale={pages.rows.length > 0} />}
      {coming.notice && <Notice title={coming.notice} />}
      <BesidePanel panel={open && <PatientPanel key={open} id={open} onClose={() => address.set({ open: null })} />}>
        {pages.loadedAt === 0 ? (
          !pages.error && <Skeleton height="100%" />
        ) : (
          <DataTable
            label={words.registry.title}
            className={pages.fresh ? '' : styles['stale']}
            columns={columns.filter((column) => !hidden.has(column.key))}
            rows={pages.rows}
            rowKey={(row) => row.id}
            sort={{ key: sort, direction: directionOf(sort, reversed) }}
            onSort={(key) => address.set({ sort: key === 'NAME' ? null : key, reversed: key === sort && !reversed ? '1' : null })}
            opening={{
              openKey: open,
              to: (row) => address.with({ open: row.id }),
              open: (row) => address.set({ open: row.id }),
            }}
            total={pages.total}
            onNearEnd={pages.more}
            place={{ top, remember: setTop }}
            empty={
              <Empty title={nobody.title} action={filtered && <Button onClick={clear}>{words.registry.clear}</Button>}>
                {nobody.advice}
              </Empty>
            }
          />
        )}
      </BesidePanel>
      <NoticeWithList notice={pages.notice} />
    </Page>
  )
}

const keyOf = ({ id }: RegistryPatient): string => id

/** While somebody looks, the list follows the records, and so it does when they come back to it. */
function useFollowed({ rows, next, loadedAt, follow }: ReturnType<typeof usePatientPages>, sifted: boolean, active: boolean): void {
  useMoved(
    'charts',
    (charts) => {
      // In an order that values do not decide, what is not loaded yet changes nothing that is shown.
      if (charts === null || sifted || next === null || rows.some(({ id }) => charts.includes(id))) void follow(keyOf)
    },
    active,
  )
  const wasKept = useRef(loadedAt > 0)
  const atFirst = useRef(follow)
  useEffect(() => {
    if (wasKept.current) void atFirst.current(keyOf)
  }, [])
}

/** The number of a score whose people are asked for, as its link wrote it; the API refuses what it does not know. */
function populationFrom(address: ReturnType<typeof useAddress>) {
  const [measure, population] = [address.get('measure'), address.get('population')]
  if (!measure || !population || !Object.hasOwn(words.populations, population)) return null
  return { measure, population: population as keyof typeof words.populations, period: periodFrom(address.get('period')) ?? null }
}

type SortKey = NonNullable<RegistryFilter['sort']>

/** As the reader sees it: a second click on the head turns a column round. */
const directionOf = (sort: SortKey, reversed: boolean): 'ascending' | 'descending' =>
  ((SORTS[sort] ?? 'ascending') === 'ascending') === reversed ? 'descending' : 'ascending'
