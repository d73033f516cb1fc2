import { useQuery } from 'urql'
import { shortDay } from '../../lib/dates.ts'
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts'
import { useSettled } from '../../lib/settled.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'
import styles from './assignment-preview.module.css'

const Preview = graphql(`
  query AssignmentPreview_assignmentPreview($input: PreviewAssignmentInput!) {
    assignmentPreview(input: $input) {
      refusal
      concerns {
        kind
        practice
        weekday
        from
        until
        minutes
      }
      minutesBefore
      minutesAfter
      paidMinutes
    }
  }
`)
type Wanted = VariablesOf<typeof Preview>['input']
type Concern = ResultOf<typeof Preview>['assignmentPreview']['concerns'][number]
const text = words.careManagers

/** What the work that is being entered would meet: said while it can still be changed. */
export function AssignmentPreview({ input }: { input: Wanted }) {
  const settled = JSON.parse(useSettled(JSON.stringify(input))) as Wanted
  const [{ data, stale }] = useQuery({
    query: Preview,
    variables: { input: settled },
    pause: settled.membershipId === '' || settled.practiceId === '' || settled.startsOn === '',
  })
  const preview = data?.assignmentPreview
  if (!preview) return null
  const { refusal, concerns, minutesBefore, minutesAfter, paidMinutes } = preview
  return (
    <div className={styles['preview']} role="status" aria-busy={stale}>
      <p className="soft small">{text.weekOf(minutesBefore, minutesAfter, paidMinutes)}</p>
      {refusal && <Notice tone="warn" title={refusal} />}
      {concerns.length > 0 && (
        <ul aria-label={text.concerns}>
          {concerns.map((concern, index) => (
            <li key={index}>
              <Icon name="alert" /> {concernInWords(concern)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What stands against work without forbidding it. */
export function concernInWords({ kind, practice, weekday, from, until, minutes }: Concern): string {
  const day = weekday === null ? '' : words.workforce.longWeekdays[weekday - 1]!
  const span = until === null ? text.spanFrom(shortDay(from)) : text.span(shortDay(from), shortDay(until))
  return text.concernOf[kind]({ practice: practice ?? '', day, span, minutes: minutes ?? 0 })
}
