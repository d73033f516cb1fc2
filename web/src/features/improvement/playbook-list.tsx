import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { daysOf } from './cycle-list.tsx'
import { CycleResult, CycleResult_result, verdictOf } from './cycle-result.tsx'
import styles from './improvement.module.css'

export const PlaybookList_playbook = graphql(
  `
    fragment PlaybookList_playbook on Playbook {
      id
      practiceName
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
      result {
        ...CycleResult_result
      }
    }
  `,
  [CycleResult_result],
)

const t = words.improvement
const RANK = { better: 0, worse: 1, alike: 2 }

/** What practices shared of what they tried: what helped first. */
export function PlaybookList({ playbooks }: { playbooks: readonly FragmentOf<typeof PlaybookList_playbook>[] }) {
  const shown = playbooks
    .map((one) => readFragment(PlaybookList_playbook, one))
    .map((one) => ({ ...one, verdict: verdictOf(one.result, one.measure.improvement) }))
    .toSorted((a, b) => (a.verdict ? RANK[a.verdict] : 3) - (b.verdict ? RANK[b.verdict] : 3))
  return (
    <Section title={t.playbooks} note={t.playbooksNote}>
      {shown.length === 0 && <p className="soft">{t.noPlaybooks}</p>}
      <ul className={styles['cycles']}>
        {shown.map((playbook) => (
          <li key={playbook.id}>
            <h3>{playbook.aim}</h3>
            <p className="soft small">{[playbook.practiceName, playbook.measure.title, daysOf(playbook)].join(' · ')}</p>
            <p>{playbook.changeTried}</p>
            <CycleResult result={playbook.result} improvement={playbook.measure.improvement} />
            {playbook.learned && <p>{playbook.learned}</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
