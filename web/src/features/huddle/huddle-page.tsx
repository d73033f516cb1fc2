import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { useAddress } from '../../lib/address.ts'
import { dayOf, fullDay } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { MoreRows } from '../../ui/more-rows.tsx'
import { Page } from '../../ui/page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'
import { HuddleRow_entry, HuddleTable } from './huddle-table.tsx'
import styles from './huddle-page.module.css'

const Huddle = graphql(
  `
    query HuddlePage_huddle($first: Int!, $after: String, $day: Day!, $leftOpen: Boolean!, $clinical: Boolean!) {
      huddle(first: $first, after: $after, day: $day, leftOpen: $leftOpen) {
        edges {
          node {
            id
            endedAs
            ...HuddleRow_entry
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  `,
  [HuddleRow_entry],
)

const t = words.huddle

/** Who a practice talks about on a day, on one screen and one sheet, and who was left open before. */
export function Component() {
  const address = useAddress()
  const { region } = useViewer()
  const clinical = useMay()('read', 'ClinicalRecord')
  const today = dayOf(new Date().toISOString(), region.timeZone)
  const asked = address.get('day')
  const day = asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today
  const list = useHuddle({ day, leftOpen: false, clinical })
  const before = useHuddle({ day, leftOpen: true, clinical })
  const refresh = () => {
    list.refresh()
    before.refresh()
  }
  const done = list.rows.filter(({ endedAs }) => endedAs === 'DONE').length
  return (
    <Page
      title={t.title}
      tab={t.title}
      answer={<p role="status">{list.loadedAt > 0 ? t.answer(list.total, done, fullDay(day)) : words.states.loading}</p>}
      action={
        <Button icon="print" look="primary" onClick={() => print()}>
          {words.actions.print}
        </Button>
      }
    >
      <form className={`${styles['day']} screenOnly`} onSubmit={(event) => event.preventDefault()}>
        <TextField label={t.day} type="date" value={day} onChange={(event) => address.set({ day: event.target.value })} />
      </form>
      <Loading of={list}>
        {list.rows.length === 0 ? (
          <Empty title={t.none}>{t.noneAdvice}</Empty>
        ) : (
          <HuddleTable label={t.list} entries={list.rows} onChange={refresh} />
        )}
        <MoreRows shown={list.rows.length} total={list.total} fetching={list.fetching} more={list.more} />
      </Loading>
      {before.rows.length > 0 && (
        <Section title={t.leftOpen} note={t.leftOpenNote}>
          <HuddleTable label={t.leftOpen} entries={before.rows} dated onChange={refresh} />
          <MoreRows shown={before.rows.length} total={before.total} fetching={before.fetching} more={before.more} />
        </Section>
      )}
      {before.error && <Problem error={before.error} retry={before.retry} />}
    </Page>
  )
}

const useHuddle = (filter: { day: string; leftOpen: boolean; clinical: boolean }) =>
  usePages(Huddle, filter, (data) => data.huddle, { size: 50 })

function Loading({ of, children }: { of: ReturnType<typeof useHuddle>; children: React.ReactNode }) {
  return (
    <>
      {of.error && !of.fetching && <Problem error={of.error} retry={of.retry} stale={of.loadedAt > 0} />}
      {of.loadedAt > 0 ? children : !of.error && <Skeleton height={320} />}
    </>
  )
}
