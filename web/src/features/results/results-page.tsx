import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { count } from '../../lib/numbers.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { CareWork } from '../caseload/care-work.tsx'
import { beginningsOf, CycleList, CycleList_practice } from '../improvement/cycle-list.tsx'
import { PlaybookList, PlaybookList_playbook } from '../improvement/playbook-list.tsx'
import { ClosingAnswer, ClosingChart, ClosingChart_months } from './closing-chart.tsx'
import { Flow, Flow_registry } from './flow.tsx'
import { MeasureTiles, MeasureTiles_practice, YearAnswer } from './measure-tiles.tsx'
import { NeedCurve, NeedCurve_practice } from './need-curve.tsx'
import { PanelGaps, PanelGaps_practice } from './panel-gaps.tsx'

const Months = graphql(
  `
    query ResultsPage_months {
      practice {
        months {
          measures {
            points {
              end
            }
          }
          ...ClosingChart_months
        }
        ...MeasureTiles_practice
      }
    }
  `,
  [ClosingChart_months, MeasureTiles_practice],
)
// Asked apart: what is slow or missing in one part keeps no other from the screen.
const Today = graphql(
  `
    query ResultsPage_today {
      practice {
        careManagers {
          careManager
          count
        }
        ...PanelGaps_practice
        ...NeedCurve_practice
      }
    }
  `,
  [PanelGaps_practice, NeedCurve_practice],
)
const Registries = graphql(
  `
    query ResultsPage_registries {
      registries {
        ...Flow_registry
      }
    }
  `,
  [Flow_registry],
)

const Tried = graphql(
  `
    query ResultsPage_tried {
      measures {
        id
        title
      }
      practice {
        ...CycleList_practice
        playbooks {
          ...PlaybookList_playbook
        }
      }
    }
  `,
  [CycleList_practice, PlaybookList_playbook],
)

const t = words.results

/** A practice's progress: whether it is better than a year ago, and where to look next. */
export function Component() {
  const may = useMay()
  const [months, askMonths] = useQuery({ query: Months })
  const [today, askToday] = useQuery({ query: Today })
  const [registries, askRegistries] = useQuery({ query: Registries, pause: !may('read', 'Registry') })
  const [tried, askTried] = useQuery({ query: Tried, pause: !may('read', 'Improvement') })
  const again = { requestPolicy: 'network-only' } as const
  useMoved('charts', () => {
    askMonths(again)
    askToday(again)
  })
  return (
    <Page title={t.title} tab={t.title} answer={months.data && <YearAnswer practice={months.data.practice} />}>
      <Loaded result={months} height={560} retry={() => askMonths(again)}>
        {({ practice }) => {
          if (!practice.months) return <Empty title={t.notYet}>{t.notYetAdvice}</Empty>
          if (practice.months.measures.length === 0) return <Empty title={t.noYear}>{t.noYearAdvice}</Empty>
          return (
            <>
              <ClosingAnswer months={practice.months} />
              <ClosingChart months={practice.months} />
              <MeasureTiles practice={practice} beginnings={tried.data ? beginningsOf(tried.data.practice) : []} />
            </>
          )
        }}
      </Loaded>
      {may('read', 'Improvement') && (
        <Loaded result={tried} height={200} retry={() => askTried(again)}>
          {({ measures, practice }) => (
            <>
              <CycleList practice={practice} measures={measures} onChange={() => askTried(again)} />
              <PlaybookList playbooks={practice.playbooks} />
            </>
          )}
        </Loaded>
      )}
      {may('read', 'Caseload') && <CareWork />}
      <Loaded result={today} height={320} retry={() => askToday(again)}>
        {({ practice }) => (
          <>
            <PanelGaps practice={practice} />
            <NeedCurve practice={practice} />
            {practice.careManagers.length > 0 && (
              <Section title={t.careManagers} note={t.careManagersNote}>
                <PlainTable
                  label={t.careManagers}
                  head={t.careManagersHead}
                  rows={practice.careManagers.map(({ careManager, count: people }) => [careManager, count(people)])}
                />
              </Section>
            )}
          </>
        )}
      </Loaded>
      {may('read', 'Registry') && (
        <Loaded result={registries} height={200} retry={() => askRegistries(again)}>
          {(data) => <Flow registries={data.registries} />}
        </Loaded>
      )}
    </Page>
  )
}
