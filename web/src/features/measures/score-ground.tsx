import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { count, percent } from '../../lib/numbers.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

export const ScoreGround_score = graphql(`
  fragment ScoreGround_score on Score {
    measure {
      id
      title
    }
    denominator
    recorded
    recordedUntil
  }
`)

/** What the rates rest on: of how many there is any record of what the measure looks for, and until when. A rate over missing data is no result. */
export function ScoreGround({ scores: masked }: { scores: readonly FragmentOf<typeof ScoreGround_score>[] }) {
  const scores = masked.map((one) => readFragment(ScoreGround_score, one)).filter(({ recorded }) => recorded !== null)
  if (scores.length === 0) return null
  return (
    <Section title={words.measures.ground} note={words.measures.groundNote}>
      <PlainTable
        label={words.measures.ground}
        head={words.measures.groundHead}
        rows={scores.map(({ measure, denominator, recorded, recordedUntil }) => [
          measure.title,
          count(denominator),
          count(recorded ?? 0),
          denominator > 0 && percent((recorded ?? 0) / denominator),
          recordedUntil ? <OnDay day={recordedUntil} /> : words.measures.noRecord,
        ])}
      />
    </Section>
  )
}
