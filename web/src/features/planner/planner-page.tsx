import { useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { addDays, dayOf } from '../../lib/dates.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { ComparePlans } from './compare-plans.tsx'
import { PlanInForce } from './plan-in-force.tsx'
import { PlanGrid } from './plan-grid.tsx'
import { PlanOutcome } from './plan-outcome.tsx'
import { Basis, type Marks, wishWith } from './plan-parts.ts'
import { PlanRules, type Rules } from './plan-rules.tsx'
import { usePlan, usePlans } from './use-plans.ts'

const t = words.planner

/** Who should serve which practice: today's hours, what may not change, plans worked out, and two of them side by side. */
export function Component() {
  const { region } = useViewer()
  const [rules, setRules] = useState<Rules>({
    // What is put in force begins tomorrow at the earliest.
    startsOn: addDays(dayOf(new Date().toISOString(), region.timeZone), 1),
    minimumBlockMinutes: 240,
    maximumPractices: null,
    countsTravel: true,
    matchesLanguage: true,
  })
  const [marks, setMarks] = useState<Marks>(new Map())
  const [shown, show] = useState<string | null>(null)
  const [other, compareWith] = useState<string | null>(null)
  const [basis, again] = useQuery({ query: Basis, variables: { wish: { startsOn: rules.startsOn } } })
  const { plans, refresh } = usePlans()
  const stateOf = (id: string | null) => plans.find((plan) => plan.id === id)?.state
  const { result, plan, readAgain } = usePlan(shown, stateOf(shown))
  const { plan: beside } = usePlan(other, stateOf(other))
  const ready = plan?.state === 'READY' ? plan : null
  return (
    <Page title={t.title} tab={t.title} answer={<p className="soft">{ready?.figures ? t.answer(ready.figures) : t.before}</p>}>
      <PlanRules
        {...{ rules, plans, shown, other }}
        onRules={setRules}
        wish={wishWith(rules, marks)}
        onProposed={(id) => {
          show(id)
          refresh()
        }}
        onShow={show}
        onCompare={compareWith}
      />
      {stateOf(shown) === 'UNDER_WAY' && <Notice title={t.underWay} urgent />}
      {plan?.failure && (
        <Notice tone="warn" title={t.failed} urgent>
          {plan.failure}
        </Notice>
      )}
      <Loaded result={basis} height={480} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ staffPlanBasis: as }) =>
          as.__typename === 'Refused' ? (
            <Notice tone="warn" title={t.noBasis}>
              {as.message}
            </Notice>
          ) : (
            <Section title={t.grid} note={t.gridNote}>
              <PlanGrid basis={as} plan={ready} marks={marks} onMark={setMarks} />
              {as.leftOut.length > 0 && <Notice title={t.leftOut(as.leftOut)} />}
              {as.unknownWays.length > 0 && <Notice title={t.unknownWays(as.unknownWays)}>{t.unknownWaysAdvice}</Notice>}
            </Section>
          )
        }
      </Loaded>
      {shown !== null && (
        <Loaded result={result} height={240}>
          {() =>
            ready && (
              <>
                <PlanOutcome plan={ready} />
                <PlanInForce
                  plan={ready}
                  onDone={() => {
                    readAgain()
                    refresh()
                    again({ requestPolicy: 'network-only' })
                  }}
                />
              </>
            )
          }
        </Loaded>
      )}
      {ready && beside?.state === 'READY' && beside.id !== ready.id && <ComparePlans one={ready} other={beside} />}
    </Page>
  )
}
