import { MoreRows } from '../../ui/more-rows.tsx'
import { Problem } from '../../ui/problem.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'
import { PeopleTable } from './people-table.tsx'
import type { usePeople } from './use-people.ts'
import { WaitingTable } from './waiting-table.tsx'

/** Invitations that wait, then people, with what may be done about each. */
export function PeopleList({
  list: { people, waiting, refresh },
  search,
  field,
  showOrganization,
  onChanged,
}: {
  list: ReturnType<typeof usePeople>
  search: string | null
  field: { value: string; onChange: (value: string) => void }
  showOrganization?: boolean
  /** Beyond these lists. */
  onChanged?: () => void
}) {
  const changed = () => {
    refresh()
    onChanged?.()
  }
  return (
    <>
      <SearchField label={words.people.search} total={Math.max(people.total, waiting.total)} {...field} />
      {waiting.error && <Problem error={waiting.error} retry={waiting.retry} stale={waiting.rows.length > 0} />}
      {waiting.rows.length > 0 && (
        <Section title={words.people.invitations}>
          <WaitingTable invitations={waiting.rows} onChanged={changed} />
          <MoreRows shown={waiting.rows.length} total={waiting.total} fetching={waiting.fetching} more={waiting.more} />
        </Section>
      )}
      <Section title={words.people.title}>
        {people.error && <Problem error={people.error} retry={people.retry} stale={people.rows.length > 0} />}
        {people.loadedAt === 0 ? (
          !people.error && <Skeleton height={360} />
        ) : (
          <>
            <PeopleTable
              people={people.rows}
              searched={search !== null}
              invited={waiting.total > 0}
              showOrganization={showOrganization}
              onChanged={changed}
            />
            <MoreRows shown={people.rows.length} total={people.total} fetching={people.fetching} more={people.more} />
          </>
        )}
      </Section>
    </>
  )
}
