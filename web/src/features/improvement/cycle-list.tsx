import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { shortDay } from '../../lib/dates.ts'
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { CycleForm } from './cycle-form.tsx'
import { CycleResult, CycleResult_result } from './cycle-result.tsx'
import styles from './improvement.module.css'

export const CycleList_practice = graphql(
  `
    fragment CycleList_practice on PracticeOverview {
      cycles {
        id
        version
        measure {
          id
          title
          improvement
        }
        aim
        changeTried
        learned
        startsOn
        endsOn
        shared
        updatedBy
        result {
          ...CycleResult_result
        }
      }
    }
  `,
  [CycleResult_result],
)
type Practice = FragmentOf<typeof CycleList_practice>
type Cycle = ResultOf<typeof CycleList_practice>['cycles'][number]

const t = words.improvement

/** What a practice tries, and what came of it; the way to write it down. */
export function CycleList(props: { practice: Practice; measures: readonly { id: string; title: string }[]; onChange: () => void }) {
  const { measures, onChange } = props
  const { cycles } = readFragment(CycleList_practice, props.practice)
  const mayWrite = useMay()('create', 'Improvement')
  const [editing, setEditing] = useState<Cycle | 'new' | null>(null)
  return (
    <Section
      title={t.title}
      note={t.note}
      aside={
        mayWrite &&
        measures.length > 0 && (
          <span className="screenOnly">
            <Button onClick={() => setEditing('new')}>{t.begin}</Button>
          </span>
        )
      }
    >
      {cycles.length === 0 && <Empty title={t.none}>{t.noneAdvice}</Empty>}
      <ul className={styles['cycles']}>
        {cycles.map((cycle) => (
          <li key={cycle.id}>
            <h3>{cycle.aim}</h3>
            <p className="soft small">
              {[cycle.measure.title, daysOf(cycle), t.writtenBy(cycle.updatedBy), ...(cycle.shared ? [t.shared] : [])].join(' · ')}
            </p>
            <p>{cycle.changeTried}</p>
            <CycleResult result={cycle.result} improvement={cycle.measure.improvement} />
            {cycle.learned && <p>{cycle.learned}</p>}
            {mayWrite && (
              <span className="screenOnly">
                <Button look="quiet" aria-label={t.changeOf(cycle.aim)} onClick={() => setEditing(cycle)}>
                  {t.change}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {editing && (
        <CycleForm cycle={editing === 'new' ? null : editing} measures={measures} onClose={() => setEditing(null)} onDone={onChange} />
      )}
    </Section>
  )
}

export const daysOf = ({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }): string =>
  t.days(shortDay(startsOn), endsOn && shortDay(endsOn))

/** What was begun when, to be drawn into the chart of its measure. */
export const beginningsOf = (practice: Practice): { measureId: string; on: string; aim: string }[] =>
  readFragment(CycleList_practice, practice).cycles.map(({ measure, startsOn, aim }) => ({ measureId: measure.id, on: startsOn, aim }))
