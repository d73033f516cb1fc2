import { percent } from '../../lib/numbers.ts'
import styles from './rate-trend.module.css'

export type RatePoint = { key: string; label: string; rate: number; interval: { low: number; high: number } | null }

const WIDTH = 280
const HEIGHT = 112
const LEFT = 52
const RIGHT = 40
const TOP = 8
const BOTTOM = 24

/** A rate (0 to 1) over periods, oldest first, each with its interval; the axis runs from 0 to 100 % so that small multiples compare. */
export function RateTrend({
  points,
  reference,
  spoken,
}: {
  points: readonly RatePoint[]
  reference?: readonly (number | null)[]
  spoken: string
}) {
  const step = points.length > 1 ? (WIDTH - LEFT - RIGHT) / (points.length - 1) : 0
  const x = (index: number) => LEFT + index * step
  const y = (rate: number) => TOP + (1 - rate) * (HEIGHT - TOP - BOTTOM)
  const line = (rates: readonly (number | null)[]) =>
    rates
      .flatMap((rate, index) => (rate === null ? [] : [`${x(index)} ${y(rate).toFixed(1)}`]))
      .map((point, index) => `${index ? 'L' : 'M'}${point}`)
      .join('')
  const last = points.at(-1)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles['trend']} role="img" aria-label={spoken}>
      {[0, 0.5, 1].map((rate) => (
        <g key={rate}>
          <line x1="38" x2={WIDTH - RIGHT} y1={y(rate)} y2={y(rate)} className={styles['grid']} />
          <text x="33" y={y(rate) + 4} textAnchor="end">
            {percent(rate)}
          </text>
        </g>
      ))}
      {reference && <path d={line(reference)} className={styles['reference']} />}
      <path d={line(points.map((point) => point.rate))} className={styles['line']} />
      {points.map((point, index) => (
        <g key={point.key}>
          {point.interval && (
            <line x1={x(index)} x2={x(index)} y1={y(point.interval.low)} y2={y(point.interval.high)} className={styles['interval']} />
          )}
          <circle cx={x(index)} cy={y(point.rate)} r="4" className={styles['dot']}>
            <title>{`${point.label}: ${percent(point.rate)}`}</title>
          </circle>
          <text x={x(index)} y={HEIGHT - 8} textAnchor="middle">
            {point.label}
          </text>
        </g>
      ))}
      {last && (
        <text x={x(points.length - 1) + 10} y={y(last.rate) + 4} className={styles['last']}>
          {percent(last.rate)}
        </text>
      )}
    </svg>
  )
}
