import { useQuery } from 'urql'
import { monthName } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { type Figure, NeedFacts, type PracticeNeed } from './need-parts.ts'
import { PlanningFigures } from './planning-figures.tsx'
import { Counted } from './practice-needs.tsx'

const Share = graphql(
  `
    query SharePage_staffShare {
      staffShare {
        ...NeedFacts
      }
    }
  `,
  [NeedFacts],
)

const t = words.staffNeed

/** What a practice gets of the shared staff, and why that much. */
export function Component() {
  const [result, again] = useQuery({ query: Share })
  const [own] = result.data?.staffShare.practices ?? []
  return (
    <Page
      title={t.share.title}
      tab={t.share.title}
      answer={result.data && own && <p className="soft">{t.share.answer(own.months[0]!, result.data.staffShare.months[0]!)}</p>}
    >
      <Loaded result={result} height={480} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ staffShare: { figures, practices } }) =>
          practices[0] ? (
            <>
              <Reason own={practices[0]} figures={figures} />
              <Section title={t.share.months} note={t.share.monthsNote}>
                <PlainTable
                  label={t.share.months}
                  head={t.share.monthsHead}
                  rows={practices[0].months.map(({ month, demand, share, scheduled, entitlement }) => [
                    monthName(month),
                    t.hours(demand),
                    t.hours(share),
                    t.hours(scheduled),
                    t.difference(scheduled - share),
                    t.hours(entitlement),
                  ])}
                />
              </Section>
              <PlanningFigures figures={figures} />
            </>
          ) : (
            <Empty title={t.share.none}>{t.share.noneAdvice}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

/** The need line by line: people, how many of them are to be enrolled, minutes each. */
function Reason({ own, figures }: { own: PracticeNeed; figures: readonly Figure[] }) {
  // Of each the one that begins first is the one that holds.
  const held = (name: Figure['figure']) => figures.findLast(({ figure }) => figure === name)!.value
  const enrolled = held('ENROLLED_PERCENT')
  const ofTier = ['MINUTES_TIER_0', 'MINUTES_TIER_1', 'MINUTES_TIER_2', 'MINUTES_TIER_3', 'MINUTES_TIER_4'] as const
  return (
    <Section title={t.share.reason} note={t.share.reasonNote(own.told && own.transitionsTold)}>
      <PlainTable
        label={t.share.reason}
        head={t.share.reasonHead}
        rows={[
          ...own.tiers
            .toReversed()
            .map(({ tier, people, told, minutes }) => [
              t.share.tier(tier),
              <Counted key={tier} many={people} told={told} />,
              t.share.percent(enrolled),
              count(held(ofTier[tier]!)),
              t.hours(minutes),
            ]),
          [
            t.share.discharges,
            <Counted key="discharges" many={own.transitions} told={own.transitionsTold} />,
            t.share.aYear,
            count(held('MINUTES_TRANSITION')),
            t.hours(own.transitionMinutes),
          ],
          [t.share.all, count(own.people), '', '', t.hours(own.months[0]!.demand)],
        ]}
      />
    </Section>
  )
}
