import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { count } from '../../lib/numbers.ts'
import type { Standing } from '../../lib/standing.ts'
import { Empty } from '../../ui/empty.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { PlaybookList, PlaybookList_playbook } from '../improvement/playbook-list.tsx'
import { Courses_months, coursesOf, type MeasureCourses } from './courses.ts'
import { PracticeCourses } from './practice-courses.tsx'
import styles from './progress.module.css'

const Months = graphql(
  `
    query ProgressPage_months {
      region {
        months {
          ...Courses_months
        }
        playbooks {
          practiceId
          startsOn
          measure {
            id
          }
          ...PlaybookList_playbook
        }
      }
    }
  `,
  [Courses_months, PlaybookList_playbook],
)

const t = words.progress

/** The region over two years: who moved, in what, and whether chance explains it. */
export function Component() {
  const address = useAddress()
  const [result, again] = useQuery({ query: Months })
  useMoved('region', () => again({ requestPolicy: 'network-only' }))
  const region = result.data && coursesOf(result.data.region.months)
  const told = region?.measures.filter(({ courses }) => courses.length > 0) ?? []
  const chosen = told.find(({ measure }) => measure.id === address.get('measure')) ?? told[0]
  const changes = told.flatMap(({ courses }) => courses.flatMap(({ change }) => change ?? []))
  return (
    <Page
      title={words.results.title}
      tab={words.results.title}
      answer={changes.length > 0 && <p>{t.answer(tally(changes, 'better'), tally(changes, 'worse'), changes.length)}</p>}
    >
      <Loaded result={result} height={640} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ region: { playbooks } }) =>
          !region || !chosen ? (
            <Empty title={t.none}>{t.noneAdvice}</Empty>
          ) : (
            <>
              <Section title={t.measures} note={t.measuresNote}>
                <PlainTable
                  label={t.measures}
                  head={t.measuresHead}
                  rows={told.map((one) => rowOf(one, address.with({ measure: one.measure.id })))}
                />
              </Section>
              <form className={`${styles['chooser']} screenOnly`} onSubmit={(event) => event.preventDefault()}>
                <SelectField label={t.choose} value={chosen.measure.id} onChange={(event) => address.set({ measure: event.target.value })}>
                  {told.map(({ measure }) => (
                    <option key={measure.id} value={measure.id}>
                      {measure.title}
                    </option>
                  ))}
                </SelectField>
              </form>
              <PracticeCourses
                endsOn={region.endsOn}
                of={chosen}
                beginnings={playbooks.filter(({ measure }) => measure.id === chosen.measure.id)}
              />
              <About of={chosen} />
              <PlaybookList playbooks={playbooks} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

const tally = (changes: readonly { readonly verdict: Standing }[], wanted: Standing): number =>
  changes.filter(({ verdict }) => verdict === wanted).length

function rowOf({ measure, courses }: MeasureCourses, to: string): React.ReactNode[] {
  const changes = courses.flatMap(({ change }) => change ?? [])
  return [
    <Link key="to" to={to}>
      {measure.title}
    </Link>,
    count(courses.length),
    ...(['better', 'worse', 'alike'] as const).map((verdict) => count(tally(changes, verdict))),
    count(courses.length - changes.length),
  ]
}

function About({ of: { measure, watermarks } }: { of: MeasureCourses }) {
  return (
    <details className="small">
      <summary>{t.about}</summary>
      <p>{measure.description}</p>
      <p>{t.rounding}</p>
      <p className="soft" title={measure.packageHash}>
        {t.version(measure.version, measure.packageHash.slice(0, 12), watermarks[0] ?? '', watermarks.at(-1) ?? '')}
      </p>
    </details>
  )
}
