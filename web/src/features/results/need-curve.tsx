import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { percent } from '../../lib/numbers.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { ConcentrationCurve } from '../../ui/charts/concentration-curve.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'

const t = words.results

export const NeedCurve_practice = graphql(`
  fragment NeedCurve_practice on PracticeOverview {
    concentration {
      ofGaps {
        people
        share
      }
      ofOpportunity {
        people
        share
      }
    }
  }
`)

/** A quarter of the people: the share that is compared in the literature on complex care. */
const A_QUARTER = 0.25

/** How few people have how much of what is open: whether it is worth seeing some of them first. */
export function NeedCurve({ practice }: { practice: FragmentOf<typeof NeedCurve_practice> }) {
  const { ofGaps, ofOpportunity } = readFragment(NeedCurve_practice, practice).concentration
  const quarter = ofGaps.find(({ people }) => people >= A_QUARTER - 1e-9)
  const answer = quarter ? t.concentrationAnswer(percent(quarter.people), percent(quarter.share)) : t.noGaps
  const curves = [
    { key: 'gaps', name: t.ofGaps, points: ofGaps },
    { key: 'opportunity', name: t.ofOpportunity, points: ofOpportunity },
  ].filter(({ points }) => points.length > 0)
  return (
    <ChartOrTable
      title={t.concentration}
      note={t.concentrationNote}
      chart={
        <>
          <p>{answer}</p>
          {curves.length > 0 && <ConcentrationCurve curves={curves} spoken={`${t.concentration}: ${answer}`} />}
        </>
      }
      table={
        <PlainTable
          label={t.concentration}
          head={t.concentrationHead}
          rows={(ofGaps.length > 0 ? ofGaps : ofOpportunity).map(({ people }) => [
            percent(people),
            ...[ofGaps, ofOpportunity].map((points) => {
              const point = points.find((one) => one.people === people)
              return point ? percent(point.share) : ''
            }),
          ])}
        />
      }
    />
  )
}
