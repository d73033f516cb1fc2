import { MoreRows } from '../../ui/more-rows.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'
import { WorkCalendar } from '../workforce/work-calendar.tsx'
import { AssignmentTable } from './assignment-table.tsx'
import { useAssignments } from './use-assignments.ts'

/** The care managers of one practice. */
export function AssignmentSection({ practiceId }: { practiceId: string }) {
  const pages = useAssignments({ search: null, practiceId })
  return (
    <>
      <Section title={words.careManagers.title}>
        <Assignments pages={pages} />
      </Section>
      <WorkCalendar of={{ practiceId }} />
    </>
  )
}

export function Assignments({ pages }: { pages: ReturnType<typeof useAssignments> }) {
  return (
    <>
      {pages.error && <Problem error={pages.error} retry={pages.retry} stale={pages.rows.length > 0} />}
      {pages.loadedAt === 0 ? (
        !pages.error && <Skeleton height={160} />
      ) : (
        <>
          <AssignmentTable assignments={pages.rows} onChanged={pages.refresh} />
          <MoreRows shown={pages.rows.length} total={pages.total} fetching={pages.fetching} more={pages.more} />
        </>
      )}
    </>
  )
}
