import { monthName } from '../../lib/dates.ts'
import { percent } from '../../lib/numbers.ts'
import type { RunChartPoint } from '../../ui/charts/run-chart.tsx'
import { words } from '../../words/index.ts'
import type { RunPoint } from './months.ts'

const t = words.results

/** As the chart draws them. */
export const drawn = (points: readonly RunPoint[]): RunChartPoint[] =>
  points.map(({ end, value, limits, signals }) => ({
    ...{ key: end, label: monthName(end), value, limits },
    marked: signals.map((signal) => t.signals[signal]),
  }))

/** The chart in a sentence. */
export function spokenOf(title: string, points: readonly RunPoint[]): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return title
  const marked = points.filter(({ signals }) => signals.length > 0).length
  return t.spoken(title, monthName(first.end), percent(first.value), monthName(last.end), percent(last.value), marked)
}

/** What stands out, months with the same reasons together, the newest first. */
export function markedOf(points: readonly RunPoint[]): string[] {
  const groups: { from: string; to: string; why: string }[] = []
  for (const { end, signals } of points) {
    const why = signals.map((signal) => t.signals[signal]).join(', ')
    const last = groups.at(-1)
    if (last && last.why === why) last.to = end
    else groups.push({ from: end, to: end, why })
  }
  return groups
    .filter(({ why }) => why !== '')
    .toReversed()
    .map(({ from, to, why }) => t.marked(from === to ? monthName(from) : `${monthName(from)} – ${monthName(to)}`, [why]))
}
