import { monthName } from '../../lib/dates.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import type { NeedFacts } from './need-parts.ts'
import styles from './staff-need.module.css'

type Month = NeedFacts['months'][number]
const t = words.staffNeed

/** Twelve months: what there is for patients, and what is needed. */
export function NeedCourse({ months }: { months: readonly Month[] }) {
  return (
    <ChartOrTable
      title={t.months}
      note={t.monthsNote}
      chart={
        <div className={styles['chart']}>
          {/* Type keeps its size: a phone gets a narrower drawing, not a smaller one. */}
          <Course months={months} width={640} every={3} className={styles['wide']!} />
          <Course months={months} width={350} every={6} className={styles['narrow']!} />
        </div>
      }
      table={
        <PlainTable
          label={t.months}
          head={t.monthsHead}
          rows={months.map((one) => [
            monthName(one.month),
            t.hours(one.paid),
            t.hours(one.leave),
            t.hours(one.travel),
            t.hours(one.meetings + one.training + one.supervision),
            t.hours(one.capacity),
            t.hours(one.demand),
            t.difference(one.capacity - one.demand),
            t.hours(one.scheduled),
          ])}
        />
      }
    />
  )
}

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [200, 50, 60, 14, 22]

/** Bars of what there is, a step of what is needed, both from nothing; each is named at its end. */
function Course(props: { months: readonly Month[]; width: number; every: number; className: string }) {
  const { months, width: whole, every, className } = props
  const most = roundAbove(Math.max(60, ...months.flatMap(({ capacity, demand }) => [capacity, demand])))
  const width = (whole - LEFT - RIGHT) / months.length
  const x = (index: number) => LEFT + index * width
  const y = (minutes: number) => HEIGHT - BOTTOM - (Math.max(0, minutes) / most) * (HEIGHT - TOP - BOTTOM)
  const last = months.at(-1)!
  const steps = months.map(({ demand }, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(demand)}H${x(i + 1)}`).join('')
  const apart = Math.abs(y(last.capacity) - y(last.demand)) < 14
  return (
    <svg
      viewBox={`0 0 ${whole} ${HEIGHT}`}
      className={`${styles['course']} ${className}`}
      role="img"
      aria-label={t.spoken(months[0]!, last)}
    >
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line x1={LEFT} x2={whole - RIGHT} y1={y(most * part)} y2={y(most * part)} className={styles['grid']} />
          <text x={LEFT - 6} y={y(most * part) + 4} textAnchor="end">
            {t.hours(most * part)}
          </text>
        </g>
      ))}
      {months.map(({ month, capacity, demand }, i) => (
        <g key={month}>
          <title>{t.ofMonth(monthName(month), capacity, demand)}</title>
          <rect x={x(i) + 3} width={width - 6} y={y(capacity)} height={HEIGHT - BOTTOM - y(capacity)} className={styles['bar']} />
          {i % every === 0 && (
            <text x={x(i) + 3} y={HEIGHT - 6}>
              {monthName(month)}
            </text>
          )}
        </g>
      ))}
      <path d={steps} className={styles['need']} />
      <text x={whole - RIGHT + 6} y={y(last.demand) + (apart ? -4 : 4)} className={styles['named']}>
        {t.needed}
      </text>
      <text x={whole - RIGHT + 6} y={y(last.capacity) + (apart ? 12 : 4)}>
        {t.there}
      </text>
    </svg>
  )
}

/** The next of 2, 4, 6 … 20 times a power of ten hours, whose half is round as well. */
function roundAbove(minutes: number): number {
  const step = 2 * 10 ** Math.max(0, Math.floor(Math.log10(minutes / 60)))
  return Math.ceil(minutes / 60 / step) * step * 60
}
