import { percent, percentRange } from '../../lib/numbers.ts'
import { isReached } from '../../lib/scores.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import type { PracticeComparison } from './compare-practices.ts'

const t = words.overview

/** The region's own rate in each measure against what was agreed on, and how many practices are there. */
export function RegionMeasures({ comparison: { measures, practices } }: { comparison: PracticeComparison }) {
  if (measures.length === 0) return null
  return (
    <Section title={t.targets} note={t.targetsNote}>
      <PlainTable
        label={t.targets}
        head={t.targetsHead}
        rows={measures.map((measure) => {
          const { target } = measure
          const rated = practices.flatMap(({ results }) => results.get(measure.id) ?? [])
          return [
            measure.title,
            percent(measure.regionRate),
            measure.interval ? percentRange(measure.interval.low, measure.interval.high) : '',
            target === null ? <span className="soft">{t.noTarget}</span> : words.measures.targetOf(measure.improvement, percent(target)),
            target === null
              ? ''
              : t.practicesAt(rated.filter(({ rate }) => isReached(rate, target, measure.improvement)).length, rated.length),
          ]
        })}
      />
    </Section>
  )
}
