import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import styles from './workforce.module.css'

export const Coverage = graphql(`
  fragment Coverage on PracticeCoverage @_unmask {
    practice {
      id
      name
    }
    days {
      weekday
      minutes
      people
    }
    weeklyMinutes
    withoutHours
  }
`)
export type Covered = ResultOf<typeof Coverage>

/** Practices by weekday: who is there, and where nobody is. Weekends stand only where somebody works on one. */
export function CoverageMap({ practices }: { practices: readonly Covered[] }) {
  const text = words.workforce
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter(
    (weekday) => weekday < 6 || practices.some(({ days }) => days.some((day) => day.weekday === weekday && day.minutes > 0)),
  )
  return (
    <PlainTable
      label={text.coverage}
      head={[text.practice, ...weekdays.map((weekday) => text.weekdays[weekday - 1]!), text.week]}
      prose={weekdays.map((_, index) => index + 1)}
      rows={practices.map(({ practice, days, weeklyMinutes }) => [
        practice.name,
        ...weekdays.map((weekday) => <Day key={weekday} day={days.find((day) => day.weekday === weekday)!} />),
        weeklyMinutes === 0 ? '' : text.hours(weeklyMinutes),
      ])}
    />
  )
}

function Day({ day: { people, minutes } }: { day: Covered['days'][number] }) {
  if (people.length === 0) return <span className={styles['gap']}>{words.workforce.nobody}</span>
  return (
    <>
      {people.map((name) => (
        <span key={name} className={styles['there']}>
          {name}
        </span>
      ))}
      <span className={styles['times']}>{words.workforce.hours(minutes)}</span>
    </>
  )
}
