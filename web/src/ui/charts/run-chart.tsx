import { percent } from '../../lib/numbers.ts'
import { words } from '../../words/index.ts'
import styles from './run-chart.module.css'

export type RunChartPoint = {
  key: string
  label: string
  value: number
  limits: { middle: number; low: number; high: number } | null
  /** Why it stands out, in words; none: it does not. */
  marked: readonly string[]
}

const HEIGHT = 150
const LEFT = 38
const RIGHT = 42
const TOP = 8
const BOTTOM = 22
/** Shares closer than this are not told apart by eye, and need not be. */
const SMALLEST_SPAN = 0.2

/** Shares (0 to 1) over time with the limits of what is usual; what stands out is a square, so that it is not color alone that says it. */
export function RunChart({
  points,
  target,
  beginnings = [],
  spoken,
  width = 320,
}: {
  points: readonly RunChartPoint[]
  target?: number | null
  /** What was begun, and where: a position between points. */
  beginnings?: readonly { at: number; label: string }[]
  spoken: string
  width?: number
}) {
  const seen = points.flatMap(({ value, limits }) => (limits ? [value, limits.low, limits.high] : [value]))
  const [bottom, top] = axis(target == null ? seen : [...seen, target])
  const step = points.length > 1 ? (width - LEFT - RIGHT) / (points.length - 1) : 0
  const x = (index: number) => LEFT + index * step
  const y = (value: number) => TOP + ((top - value) / (top - bottom)) * (HEIGHT - TOP - BOTTOM)
  const line = (pick: (point: RunChartPoint) => number | undefined) =>
    points
      .flatMap((point, index) => {
        const value = pick(point)
        return value === undefined ? [] : [`${x(index).toFixed(1)} ${y(value).toFixed(1)}`]
      })
      .map((place, index) => `${index ? 'L' : 'M'}${place}`)
      .join('')
  const last = points.at(-1)
  const ticks = Array.from({ length: Math.round((top - bottom) / 0.1) + 1 }, (_, index) => bottom + index * 0.1)
  const shown = ticks.length > 6 ? ticks.filter((_, index) => index % 2 === 0) : ticks
  return (
    <svg viewBox={`0 0 ${width} ${HEIGHT}`} className={styles['run']} role="img" aria-label={spoken}>
      {shown.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} className={styles['grid']} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {percent(tick)}
          </text>
        </g>
      ))}
      <path d={line(({ limits }) => limits?.low)} className={styles['limit']} />
      <path d={line(({ limits }) => limits?.high)} className={styles['limit']} />
      <path d={line(({ limits }) => limits?.middle)} className={styles['middle']} />
      {target != null && <line x1={LEFT} x2={width - RIGHT} y1={y(target)} y2={y(target)} className={styles['target']} />}
      {beginnings.map(({ at, label }) => (
        <path key={label} d={`M${x(at).toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}`} className={styles['beginning']}>
          <title>{label}</title>
        </path>
      ))}
      <path d={line(({ value }) => value)} className={styles['line']} />
      {points.map((point, index) => (
        <Mark key={point.key} point={point} x={x(index)} y={y(point.value)} />
      ))}
      {[0, Math.floor((points.length - 1) / 2), points.length - 1]
        .filter((index, place, all) => all.indexOf(index) === place && index >= 0)
        .map((index) => (
          <text
            key={index}
            x={x(index)}
            y={HEIGHT - 6}
            textAnchor={index === 0 && points.length > 1 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
          >
            {points[index]?.label}
          </text>
        ))}
      {last && (
        <text x={x(points.length - 1) + 8} y={y(last.value) + 4} className={styles['last']}>
          {percent(last.value)}
        </text>
      )}
    </svg>
  )
}

function Mark({ point, x, y }: { point: RunChartPoint; x: number; y: number }) {
  const tip = <title>{[`${point.label}: ${percent(point.value)}`, ...point.marked].join(', ')}</title>
  return point.marked.length > 0 ? (
    <rect x={x - 4} y={y - 4} width="8" height="8" className={styles['marked']}>
      {tip}
    </rect>
  ) : (
    <circle cx={x} cy={y} r="2.5" className={styles['dot']}>
      {tip}
    </circle>
  )
}

/** Whole tenths about what is shown. */
function axis(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const bottom = Math.max(0, Math.floor(least * 10 - 1e-9) / 10)
  const top = Math.min(1, Math.ceil(most * 10 + 1e-9) / 10)
  const wanted = Math.max(top, bottom + SMALLEST_SPAN)
  return wanted <= 1 ? [bottom, wanted] : [1 - SMALLEST_SPAN, 1]
}

/** What the lines and marks of run charts stand for. */
export function RunChartKey({ target, beginnings = false }: { target: boolean; beginnings?: boolean }) {
  const t = words.results
  const lines = [
    { name: t.value, look: styles['line'] },
    { name: t.middle, look: styles['middle'] },
    { name: t.limits, look: styles['limit'] },
    ...(target ? [{ name: t.target, look: styles['target'] }] : []),
    ...(beginnings ? [{ name: t.begun, look: styles['beginning'] }] : []),
  ]
  return (
    <ul className={styles['key']} aria-hidden="true">
      {lines.map(({ name, look }) => (
        <li key={name}>
          <svg width="24" height="10">
            <path d="M0 5H24" className={look} />
          </svg>
          {name}
        </li>
      ))}
      <li>
        <svg width="10" height="10">
          <rect x="1" y="1" width="8" height="8" className={styles['marked']} />
        </svg>
        {t.markedKey}
      </li>
    </ul>
  )
}
