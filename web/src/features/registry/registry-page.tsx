import { useEffect, useRef } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { fullDay, periodName } from '../../lib/dates.ts'
import { useKept } from '../../lib/kept.ts'
import { useSettled } from '../../lib/settled.ts'
import { Button, ButtonAnchor } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { BesidePanel } from '../../ui/side-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'
import { NoticeWithList } from '../sharing/redisclosure-notice.tsx'
import { useChartParts } from '../patient/chart-parts.ts'
import { ExportMenu } from '../exports/export-menu.tsx'
import { ExportNotice } from '../exports/export-notice.tsx'
import { useExports } from '../exports/use-exports.ts'
import { useViews } from '../views/use-views.ts'
import { ViewNotices } from '../views/view-notices.tsx'
import { ViewsMenu } from '../views/views-menu.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { GapFilters } from './gap-filters.tsx'
import { PatientPanel } from './patient-panel.tsx'
import { PersonFilters } from './person-filters.tsx'
import { PracticeSelect } from './practice-select.tsx'
import { boxName, registryColumns, type SortKey, SORTS, sortsOf } from './registry-columns.tsx'
import { RegistryNotices } from './registry-notices.tsx'
import styles from './registry-page.module.css'
import { RegistrySelect } from './registry-select.tsx'
import { TierSelect } from './tier-select.tsx'
import { useChosen } from './use-chosen.ts'
import { inAddress, useColumns } from './use-columns.ts'
import { useComing } from './use-coming.ts'
import { useFollowed } from './use-followed.ts'
import { useListFilter } from './use-list-filter.ts'
import { usePatientPages } from './use-patient-pages.ts'

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
 * A practice's patients as one dense list. Filters, sort, columns, the view and the open row stand in the address, so that it can be a
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

  const list = useListFilter()
  const { filter, gap, ahead, behind, whose } = list
  const open = address.get('open')
  const text = useSettled(search.trim())
  const parts = useChartParts()
  const columns = useColumns(parts)
  const shownColumns = registryColumns(columns.chosen, ahead === null ? null : { measure: gap })
  const wanted = address.get('sort')
  const sort = sortsOf(parts, ahead !== null).find((one) => one === wanted) ?? 'NAME'
  const reversed = address.get('reversed') !== null
  const asked = { search: text || null, ...filter, coming: ahead !== null, sort, reversed, ...parts }
  const pages = usePatientPages(asked)
  const chosen = useChosen(asked)
  const filtered = text !== '' || list.isNarrowed
  const coming = useComing(ahead !== null)
  useFollowed(pages, filtered || sort !== 'NAME', parts.clinical)

  const shown = { filter, sort, reversed, columns: [...columns.chosen] }
  const exports = useExports()
  // What was searched for is kept nowhere, so that no file can be made of it; of people chosen in it one can.
  const mayExport = exports.mayAsk && (text === '' || chosen.ids.size > 0)
  const views = useViews(shown, (view) => {
    setSearch('')
    list.show(view.filter, {
      sort: view.sort === 'NAME' ? null : view.sort,
      reversed: view.reversed ? '1' : null,
      columns: inAddress(view.columns, columns.usual),
      view: view.id,
    })
  })

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
    list.show({}, { view: null })
  }
  const gapTitle = choices?.measures.find(({ id }) => id === gap)?.title
  const measureTitle = choices?.measures.find(({ id }) => id === behind?.measure)?.title
  const behindTitle =
    behind && words.registry.behind(words.populations[behind.population], measureTitle ?? '', behind.period && periodName(behind.period))
  const mayCall = gap !== null && parts.identifiers && parts.clinical && may('export', 'Chart')
  const outreach = (ids: readonly string[]) =>
    `/exports/outreach.csv?${new URLSearchParams({ measure: gap ?? '', ...(ahead && { within: String(ahead) }), ...(ids.length > 0 && { patients: ids.join() }) })}`
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
          {views.current && (
            <>
              {' · '}
              {words.views.open(views.current.name)}
              {views.isChanged && <span className="soft"> ({words.views.changed})</span>}
            </>
          )}
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
          {mayCall && chosen.ids.size === 0 && (
            <ButtonAnchor icon="download" download href={outreach([])}>
              {words.registry.outreach}
            </ButtonAnchor>
          )}
          {mayExport && chosen.ids.size === 0 && <ExportMenu exports={exports} shown={shown} ids={[]} />}
          {may('read', 'SavedView') && <ViewsMenu views={views} shown={shown} />}
          <ColumnChooser all={columns.all} chosen={columns.chosen} onChange={columns.choose} />
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
        <PracticeSelect chosen={filter.practice} onChoose={(id) => address.set({ practice: id })} />
        {parts.clinical && (
          <>
            <SelectField
              label={words.registry.condition}
              hideLabel
              value={filter.condition ?? ''}
              onChange={(event) => address.set({ condition: event.target.value })}
            >
              <option value="">{words.registry.anyCondition}</option>
              {choices?.practice?.conditionCounts.map(({ condition, count }) => (
                <option key={condition.key} value={condition.key}>
                  {words.registry.choice(condition.title, count)}
                </option>
              ))}
            </SelectField>
            <RegistrySelect chosen={filter.registry} onChoose={(id) => address.set({ registry: id })} />
            <TierSelect tier={filter.tier} onChoose={(tier) => address.set({ tier })} />
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
      <ViewNotices views={views} />
      <ExportNotice exports={exports} />
      <BulkBar chosen={chosen} total={pages.total} outreach={mayCall ? outreach : null}>
        {mayExport && <ExportMenu exports={exports} shown={shown} ids={[...chosen.ids]} />}
      </BulkBar>
      {pages.error && <Problem error={pages.error} retry={pages.retry} stale={pages.rows.length > 0} />}
      <RegistryNotices coming={coming.notice} />
      <BesidePanel panel={open && <PatientPanel key={open} id={open} onClose={() => address.set({ open: null })} />}>
        {pages.loadedAt === 0 ? (
          !pages.error && <Skeleton height="100%" />
        ) : (
          <DataTable
            label={words.registry.title}
            className={pages.fresh ? '' : styles['stale']}
            columns={shownColumns}
            rows={pages.rows}
            rowKey={(row) => row.id}
            sort={{ key: sort, direction: directionOf(sort, reversed) }}
            onSort={(key) => address.set({ sort: key === 'NAME' ? null : key, reversed: key === sort && !reversed ? '1' : null })}
            choosing={{
              chosen: chosen.ids,
              nameOf: boxName,
              toggle: chosen.toggle,
              toggleAll: chosen.toggleAll,
              allLabel: words.registry.choose.all,
            }}
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

/** As the reader sees it: a second click on the head turns a column round. */
const directionOf = (sort: SortKey, reversed: boolean): 'ascending' | 'descending' =>
  ((SORTS[sort] ?? 'ascending') === 'ascending') === reversed ? 'descending' : 'ascending'
