import { percent } from '../../lib/numbers.ts'
import styles from './small-course.module.css'

const WIDTH = 168
const HEIGHT = 64
const LEFT = 4
const RIGHT = 34
const TOP = 6
const BOTTOM = 6

/** Shares over time, small among many on one scale: the own line, a grey one to compare with, and days that are marked. */
export function SmallCourse({
  rates,
  middle,
  scale: [bottom, top],
  marks = [],
  spoken,
}: {
  rates: readonly (number | null)[]
  middle: readonly (number | null)[]
  scale: readonly [number, number]
  /** Positions, which may lie between two points. */
  marks?: readonly number[]
  spoken: string
}) {
  const x = (index: number) => LEFT + (index / Math.max(1, rates.length - 1)) * (WIDTH - LEFT - RIGHT)
  const y = (rate: number) => TOP + ((top - rate) / (top - bottom || 1)) * (HEIGHT - TOP - BOTTOM)
  const line = (values: readonly (number | null)[]) =>
    values
      .map((value, index) =>
        value === null ? '' : `${values[index - 1] == null ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`,
      )
      .join('')
  const last = rates.findLastIndex((rate) => rate !== null)
  const value = rates[last]
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles['course']} role="img" aria-label={spoken}>
      <path d={`M${LEFT} ${y(bottom)}H${WIDTH - RIGHT}M${LEFT} ${y(top)}H${WIDTH - RIGHT}`} className={styles['edge']} />
      {marks.map((mark) => (
        <path key={mark} d={`M${x(mark).toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}`} className={styles['mark']} />
      ))}
      <path d={line(middle)} className={styles['middle']} />
      <path d={line(rates)} className={styles['line']} />
      {value != null && (
        <>
          <circle cx={x(last)} cy={y(value)} r="2.5" />
          <text x={x(last) + 5} y={y(value) + 4}>
            {percent(value)}
          </text>
        </>
      )}
    </svg>
  )
}
