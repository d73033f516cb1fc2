import { monthName } from '../../lib/dates.ts'
import { count, percent, percentRange, points } from '../../lib/numbers.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { SmallCourse } from '../../ui/charts/small-course.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import { placeOf } from '../results/months.ts'
import { type Course, type MeasureCourses, middleOf, type RegionCourses } from './courses.ts'
import styles from './progress.module.css'

const t = words.progress

/** Every practice over two years in one measure, on one scale, with what changed and whether chance explains it. */
export function PracticeCourses({
  endsOn,
  of: { measure, courses },
  beginnings,
}: {
  endsOn: RegionCourses['endsOn']
  of: MeasureCourses
  /** Of playbooks that practices share. */
  beginnings: readonly { practiceId: string; startsOn: string }[]
}) {
  const middle = middleOf(courses, endsOn.length)
  const seen = courses.flatMap(({ rates }) => rates.filter((rate) => rate !== null))
  const scale = [Math.floor(Math.min(...seen) * 10) / 10, Math.ceil(Math.max(...seen) * 10) / 10] as const
  return (
    <ChartOrTable
      title={t.courses}
      note={t.coursesNote(measure.title, words.measures.direction[measure.improvement])}
      chart={
        <ul className={styles['courses']}>
          {courses.map((course) => (
            <li key={course.id} className={styles['course']}>
              <h3>{course.name}</h3>
              <SmallCourse
                rates={course.rates}
                middle={middle}
                scale={scale}
                marks={beginnings.flatMap((one) => (one.practiceId === course.id ? (placeOf(one.startsOn, endsOn) ?? []) : []))}
                spoken={spokenOf(course, endsOn)}
              />
              <p className="small">
                <Change of={course} />
              </p>
            </li>
          ))}
        </ul>
      }
      table={
        <PlainTable
          label={t.courses}
          head={t.coursesHead}
          prose={[6]}
          rows={courses.map(({ name, people, now, interval, before, change }) => [
            name,
            count(people),
            percent(now),
            percentRange(interval.low, interval.high),
            before === null ? '' : percent(before),
            change ? `${points(change.difference) < 0 ? '−' : '+'}${count(Math.abs(points(change.difference)))}` : '',
            change ? t.verdicts[change.verdict] : t.noYearAgo,
          ])}
        />
      }
    />
  )
}

function Change({ of: { change } }: { of: Course }) {
  if (!change) return <span className="soft">{t.noYearAgo}</span>
  const said = t.change(points(change.difference), change.verdict)
  if (change.verdict === 'alike') return <span className="soft">{said}</span>
  return (
    <span className="strong">
      {change.verdict === 'worse' && (
        <span className={styles['worse']}>
          <Icon name="alert" size={14} />
        </span>
      )}{' '}
      {said}
    </span>
  )
}

function spokenOf({ name, rates }: Course, endsOn: readonly string[]): string {
  const first = rates.findIndex((rate) => rate !== null)
  const last = rates.findLastIndex((rate) => rate !== null)
  const at = (index: number) => [monthName(endsOn[index] ?? ''), percent(rates[index] ?? 0)] as const
  return t.spoken(name, ...at(first), ...at(last))
}
