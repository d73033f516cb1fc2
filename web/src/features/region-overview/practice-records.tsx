import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { count, percent } from '../../lib/numbers.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Records = graphql(`
  query OverviewPage_records {
    region {
      practiceRecords {
        practiceId
        name
        charts
        visitThrough
        labThrough
        prescribedThrough
        withoutVisit
        withoutLab
        unlinked
        doubled
        alike
      }
    }
  }
`)
type Practice = ResultOf<typeof Records>['region']['practiceRecords'][number]

const t = words.progress
const LATE_AFTER_MS = 30 * 86_400_000

/** Whether a practice's figures rest on anything: how new its records are by kind, whose charts lack them, who may be counted twice. */
export function PracticeRecords() {
  // Asked apart: it is counted anew over all charts.
  const [result, again] = useQuery({ query: Records })
  useMoved('region', () => again({ requestPolicy: 'network-only' }))
  return (
    <Loaded result={result} height={240} retry={() => again({ requestPolicy: 'network-only' })}>
      {({ region: { practiceRecords } }) => {
        const told = practiceRecords.filter(({ charts }) => charts !== 0)
        const late = told.filter(isLate).length
        return (
          <Section title={t.records} note={t.recordsNote}>
            <p>{late > 0 ? t.behind(late) : t.upToDate}</p>
            <PlainTable label={t.records} head={t.recordsHead} rows={told.map(rowOf)} />
            <p className="soft small">{t.recordsExplained}</p>
          </Section>
        )
      }}
    </Loaded>
  )
}

function isLate({ charts, visitThrough, labThrough }: Practice): boolean {
  const from = new Date(Date.now() - LATE_AFTER_MS).toISOString().slice(0, 10)
  return charts !== null && [visitThrough, labThrough].some((day) => day === null || day < from)
}

function rowOf(practice: Practice): React.ReactNode[] {
  const { name, charts, visitThrough, labThrough, prescribedThrough, withoutVisit, withoutLab, unlinked, doubled, alike } = practice
  return [
    name,
    charts === null ? t.few : count(charts),
    ...[visitThrough, labThrough, prescribedThrough].map((day, index) =>
      charts === null ? '' : day === null ? t.noRecord : <OnDay key={index} day={day} />,
    ),
    ...[withoutVisit, withoutLab, unlinked, doubled, alike].map((some) => {
      if (charts === null) return ''
      if (some === null) return <span className="soft">{t.few}</span>
      return some === 0 ? '0' : t.share(count(some), percent(some / charts))
    }),
  ]
}
