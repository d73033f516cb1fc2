import { ACTION, binomialLimits, WARNING } from '@carecommons/kernel/proportion'
import { percent, count } from '../../lib/numbers.ts'
import { words } from '../../words/index.ts'
import styles from './funnel.module.css'

export type FunnelPoint = { key: string; name: string; people: number; rate: number; standing: 'worse' | 'better' | 'alike' }

const WIDTH = 300
const HEIGHT = 190
const LEFT = 36
const RIGHT = 12
const TOP = 10
const BOTTOM = 30
/** Places at which limits are worked out, closer to each other where few people are. */
const STEPS = 90
const LIMITS = [
  { outside: WARNING, look: 'warning' },
  { outside: ACTION, look: 'limit' },
] as const
/** A letter's width, on average. */
const LETTER = 5.8

/**
 * Practices by how many people a rate is about (across) and the rate (up), with the limits that chance keeps 95 % and 99.8 % of
 * practices within. Only those outside the wider limits are named, beside their mark.
 */
export function Funnel({ points, reference, spoken }: { points: readonly FunnelPoint[]; reference: number; spoken: string }) {
  const most = Math.max(10, ...points.map((point) => point.people)) * 1.08
  const top = Math.min(1, Math.ceil((Math.max(reference, ...points.map((point) => point.rate)) + 0.05) * 5) / 5)
  const x = (people: number) => LEFT + (people / most) * (WIDTH - LEFT - RIGHT)
  const y = (rate: number) => TOP + (1 - rate / top) * (HEIGHT - TOP - BOTTOM)
  const sizes = [...new Set(Array.from({ length: STEPS }, (_, step) => Math.ceil(most * ((step + 1) / STEPS) ** 2)))]
  // A limit begins where it comes into the chart, and ends at its edge.
  const limit = (outside: number) => {
    const limits = sizes.map((people) => ({ people, ...binomialLimits(reference, people, outside) }))
    return (['low', 'high'] as const).map((side) =>
      limits
        .filter((at) => at[side] <= top)
        .map((at, step) => `${step ? 'L' : 'M'}${x(Math.min(at.people, most)).toFixed(1)} ${y(at[side]).toFixed(1)}`)
        .join(''),
    )
  }
  const rates = [0, 0.5, 1].map((share) => share * top)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles['funnel']} role="img" aria-label={spoken}>
      {rates.map((rate) => (
        <g key={rate}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(rate)} y2={y(rate)} className={styles['grid']} />
          <text x={LEFT - 6} y={y(rate) + 4} textAnchor="end">
            {percent(rate)}
          </text>
        </g>
      ))}
      {LIMITS.map(({ outside, look }) =>
        limit(outside).map((path, side) => <path key={`${look} ${side}`} d={path} className={styles[look]} />),
      )}
      <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(reference)} y2={y(reference)} className={styles['reference']} />
      {points.map((point) => (
        <Mark key={point.key} point={point} x={x(point.people)} y={y(point.rate)} />
      ))}
      {[0.5, 1].map((share) => (
        <text key={share} x={x((most * share) / 1.08)} y={HEIGHT - 14} textAnchor={share === 1 ? 'end' : 'middle'}>
          {count(Math.round((most * share) / 1.08))}
        </text>
      ))}
      <text x={LEFT} y={HEIGHT - 14}>
        {words.charts.peopleAxis}
      </text>
    </svg>
  )
}

function Mark({ point, x, y }: { point: FunnelPoint; x: number; y: number }) {
  const tip = <title>{words.charts.funnelPoint(point.name, percent(point.rate), count(point.people))}</title>
  if (point.standing === 'alike')
    return (
      <circle cx={x} cy={y} r="3.5" className={styles['alike']}>
        {tip}
      </circle>
    )
  // The name stands on the side that has more room, ends before the axis, and stays above it.
  const leftward = x - LEFT > WIDTH - x
  const room = Math.floor(((leftward ? x - LEFT : WIDTH - x) - 12) / LETTER)
  return (
    <g className={styles[point.standing]}>
      {point.standing === 'worse' ? (
        <path d={`M${x} ${y - 6}l5.5 10h-11z`}>{tip}</path>
      ) : (
        <circle cx={x} cy={y} r="4.5">
          {tip}
        </circle>
      )}
      <text x={leftward ? x - 9 : x + 9} y={Math.min(y + 4, HEIGHT - BOTTOM - 4)} textAnchor={leftward ? 'end' : 'start'}>
        {point.name.length > room ? `${point.name.slice(0, room - 1).trimEnd()}…` : point.name}
      </text>
    </g>
  )
}
