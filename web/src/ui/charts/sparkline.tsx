import styles from './sparkline.module.css'

const WIDTH = 140
const HEIGHT = 32
const PAD = 4
/** Points closer than this would draw a line that folds back on itself. */
const APART = 2

type Point = { at: string; value: number; second?: number | null }

/** A few values over time without axes; the words beside it carry the numbers. A second value (diastolic) draws a second line. */
export function Sparkline({ points: all, spoken }: { points: readonly Point[]; spoken: string }) {
  const points = spread(all)
  const times = points.map((point) => Date.parse(point.at))
  const values = points.flatMap((point) => (point.second == null ? [point.value] : [point.value, point.second]))
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const x = (index: number) => PAD + (to === from ? 1 : ((times[index] as number) - from) / (to - from)) * (WIDTH - 2 * PAD)
  const y = (value: number) => HEIGHT - PAD - (high === low ? 0.5 : (value - low) / (high - low)) * (HEIGHT - 2 * PAD)
  const path = (pick: (point: (typeof points)[number]) => number | null | undefined) =>
    points
      .flatMap((point, index) => {
        const value = pick(point)
        return value == null ? [] : [`${x(index).toFixed(1)} ${y(value).toFixed(1)}`]
      })
      .map((point, index) => `${index ? 'L' : 'M'}${point}`)
      .join('')
  const last = points.at(-1)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles['spark']} role="img" aria-label={spoken}>
      <path d={path((point) => point.value)} />
      <path d={path((point) => point.second)} className={styles['second']} />
      {last && <circle cx={x(points.length - 1)} cy={y(last.value)} r="3" />}
    </svg>
  )
}

/** In order of time; of values measured in short succession (the same day, of many years) the last one stands for them. */
function spread(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const from = Date.parse(sorted[0]?.at ?? '')
  const step = ((Date.parse(sorted.at(-1)?.at ?? '') - from) * APART) / (WIDTH - 2 * PAD) || 1
  return [...new Map(sorted.map((point) => [Math.floor((Date.parse(point.at) - from) / step), point])).values()]
}
