import { percent } from '../../lib/numbers.ts'
import { words } from '../../words/index.ts'
import styles from './concentration-curve.module.css'

type Point = { people: number; share: number }
export type Curve = { key: string; name: string; points: readonly Point[] }

const WIDTH = 420
const HEIGHT = 240
const LEFT = 40
const RIGHT = 150
const TOP = 10
const BOTTOM = 34
const TICKS = [0, 0.25, 0.5, 0.75, 1]

/** How much of something the share of people has who have most of it, against the line on which all have the same; curves are named where they part. */
export function ConcentrationCurve({ curves, spoken }: { curves: readonly Curve[]; spoken: string }) {
  const x = (people: number) => LEFT + people * (WIDTH - LEFT - RIGHT)
  const y = (share: number) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles['curve']} role="img" aria-label={spoken}>
      {TICKS.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={x(1)} y1={y(tick)} y2={y(tick)} className={styles['grid']} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {percent(tick)}
          </text>
          <text x={x(tick)} y={HEIGHT - 20} textAnchor="middle">
            {percent(tick)}
          </text>
        </g>
      ))}
      <text x={x(0.5)} y={HEIGHT - 5} textAnchor="middle">
        {words.results.peopleAxis}
      </text>
      <path d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} className={styles['even']} />
      {curves.map(({ key, name, points }, index) => (
        <g key={key}>
          <path
            d={points.map(({ people, share }, at) => `${at ? 'L' : 'M'}${x(people).toFixed(1)} ${y(share).toFixed(1)}`).join('')}
            className={index === 0 ? styles['first'] : styles['second']}
          >
            <title>{name}</title>
          </path>
          <path d={`M${x(1) + 10} ${y(0.98 - index * 0.1)}h20`} className={index === 0 ? styles['first'] : styles['second']} />
          <text x={x(1) + 36} y={y(0.98 - index * 0.1) + 4} className={styles['name']}>
            {name}
          </text>
        </g>
      ))}
      <path d={`M${x(1) + 10} ${y(0.98 - curves.length * 0.1)}h20`} className={styles['even']} />
      <text x={x(1) + 36} y={y(0.98 - curves.length * 0.1) + 4}>
        {words.results.even}
      </text>
    </svg>
  )
}
