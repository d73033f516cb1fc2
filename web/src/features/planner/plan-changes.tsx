import { Link } from 'react-router'
import { shortDay } from '../../lib/dates.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import { concernInWords } from '../care-managers/assignment-preview.tsx'
import { clockOf } from '../workforce/staff-parts.ts'
import type { PlanPreview } from './apply-parts.ts'
import styles from './planner.module.css'

const t = words.planInForce

/** What a plan would change: person by person, every handoff that follows, and where nobody would be. */
export function PlanChanges({ preview: { changes, handoffs, withNobody } }: { preview: PlanPreview }) {
  const changed = changes.filter(({ kind }) => kind !== 'STAYS')
  return (
    <>
      {withNobody.length > 0 && <Notice tone="warn" title={t.withNobody(withNobody.map(({ name }) => name))} />}
      {changed.length > 0 && (
        <div className={styles['below']}>
          <h3>{t.changes}</h3>
          <PlainTable
            label={t.changes}
            head={t.changesHead}
            prose={[1, 2, 4]}
            rows={changed.map((change) => [
              words.planner.pair(change.careManager, change.practice.name),
              <span key="what" className={styles['what']}>
                {t.what(words.workforce.duties[change.duty], change.kind, change.endsOn && shortDay(change.endsOn))}
              </span>,
              <Hours key="hours" change={change} />,
              t.fromTo(change.minutesBefore, change.minutes),
              <Against key="against" change={change} />,
            ])}
          />
        </div>
      )}
      {handoffs.length > 0 && (
        <div className={styles['below']}>
          <h3>{t.handoffs}</h3>
          <p className="soft small">
            {t.handoffsNote} <Link to="/caseload">{t.toCaseload}</Link>
          </p>
          <PlainTable
            label={t.handoffs}
            head={t.handoffsHead}
            prose={[1, 5]}
            rows={handoffs.map(({ careManager, practice, leaves, fewerMinutes, cases, points, due, takers }) => [
              words.planner.pair(careManager, practice.name),
              leaves ? t.leaves : t.fewer(fewerMinutes),
              t.count(cases),
              t.count(points),
              t.count(due),
              takers.length === 0 ? t.noTaker : takers.map(({ name, minutes }) => t.taker(name, minutes)).join('; '),
            ])}
          />
        </div>
      )}
    </>
  )
}

type Change = PlanPreview['changes'][number]

function Hours({ change: { kind, hoursBefore, hours } }: { change: Change }) {
  return (
    <span className={styles['hours']}>
      {kind !== 'BEGINS' && <span>{t.until(inWords(hoursBefore))}</span>}
      {kind !== 'ENDS' && <span>{kind === 'BEGINS' ? inWords(hours) : t.then(inWords(hours))}</span>}
    </span>
  )
}

/** Day by day. */
const inWords = (all: Change['hours']): string =>
  words.workforce.weekdays
    .flatMap((name, index) => {
      const times = all.filter(({ weekday }) => weekday === index + 1).map(({ from, until }) => t.times(clockOf(from), clockOf(until)))
      return times.length === 0 ? [] : [t.on(name, times)]
    })
    .join('; ') || t.noHours

function Against({ change: { refusal, concerns } }: { change: Change }) {
  if (refusal === null && concerns.length === 0) return t.nothingAgainst
  return (
    <ul className={styles['reasons']}>
      {refusal !== null && (
        <li className="strong">
          <Icon name="alert" /> {refusal}
        </li>
      )}
      {concerns.map((concern, index) => (
        <li key={index}>{concernInWords(concern)}</li>
      ))}
    </ul>
  )
}
