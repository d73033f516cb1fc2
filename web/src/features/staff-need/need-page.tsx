import { useState } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { CostByRule, CostFacts } from './cost-by-rule.tsx'
import { NeedCourse } from './need-course.tsx'
import { NeedFacts, type PracticeNeed } from './need-parts.ts'
import { PlanningFigures } from './planning-figures.tsx'
import { PracticeNeeds } from './practice-needs.tsx'
import { type Supposed, WhatIf } from './what-if.tsx'

const AsItIs = graphql(
  `
    query NeedPage_staffNeed {
      staffNeed {
        ...NeedFacts
        ...CostFacts
      }
    }
  `,
  [NeedFacts, CostFacts],
)
const WouldBe = graphql(
  `
    query NeedPage_whatIf($whatIf: WhatIfInput!) {
      staffNeed(whatIf: $whatIf) {
        ...NeedFacts
        ...CostFacts
      }
    }
  `,
  [NeedFacts, CostFacts],
)

const t = words.staffNeed

/** Is there enough of the shared staff, where is it short, and what would change that. */
export function Component() {
  const [what, suppose] = useState<Supposed | null>(null)
  const [result, again] = useQuery({ query: AsItIs })
  const [wouldBe] = useQuery({ query: WouldBe, variables: { whatIf: what ?? {} }, pause: what === null })
  const supposed = what && wouldBe.data ? wouldBe.data.staffNeed : null
  return (
    <Page
      title={t.title}
      tab={t.title}
      answer={
        result.data && <p className="soft">{t.answer(result.data.staffNeed.months[0]!, isWeighed(result.data.staffNeed.practices))}</p>
      }
    >
      <Loaded result={result} height={480} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ staffNeed: as }) => {
          const { months, practices, cost } = supposed ?? as
          const enrolled = as.figures.findLast(({ figure }) => figure === 'ENROLLED_PERCENT')!.value
          return (
            <>
              <WhatIf key={enrolled} {...{ enrolled, as, supposed }} onSuppose={suppose} />
              <NeedCourse months={months} />
              {practices.length === 0 ? (
                <Empty title={t.noPractices}>{t.noPracticesAdvice}</Empty>
              ) : (
                <PracticeNeeds practices={practices} />
              )}
              {cost && cost.cents > 0 && <CostByRule cost={cost} />}
              <PlanningFigures figures={as.figures} onChange={() => again({ requestPolicy: 'network-only' })} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** False as well while nobody's risk was worked out. */
const isWeighed = (practices: readonly PracticeNeed[]): boolean =>
  practices.length === 0 || practices.some(({ months: [month] }) => month!.demand > 0)
