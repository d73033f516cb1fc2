import { type Plan, proposeAllocation } from '@carecommons/domain'
import { generatedRegion, PATIENTS, PRACTICES } from './allocation/generated-region.ts'
import type { Bench, Row } from './bench.ts'
import { figure } from './figure.ts'

const REGIONS = 5
const GOAL_SECONDS = 10

/** Proposals for regions of 22 practices and 12 staff, from the problem to the plan with the price of each rule. */
export const allocationBench: Bench = async (say) => {
  const plans: Plan[] = []
  const took: number[] = []
  for (let seed = 1; seed <= REGIONS; seed++) {
    const problem = generatedRegion(seed)
    const begun = performance.now()
    const proposal = await proposeAllocation(problem, { seconds: GOAL_SECONDS * 0.9 })
    took.push((performance.now() - begun) / 1000)
    if (!proposal.ok) throw new Error(proposal.faults.join(' '))
    const { plan } = proposal
    plans.push(plan)
    const open = plan.proofs.filter(({ value, bound }) => value !== bound)
    say(
      `region ${seed}: ${took.at(-1)!.toFixed(1)} s, ${open.length === 0 ? 'proven optimal' : `not proven: ${open.map(inWords).join(', ')}`}, ${plan.prices.length} rules priced`,
    )
  }
  const of = (name: string, unit: string, value: (plan: Plan) => number): Row => ({ name, unit, ours: figure(...plans.map(value)) })
  return {
    rows: [
      { name: 'proposal', ours: figure(...took), beside: { name: 'at most', figure: figure(GOAL_SECONDS) }, unit: 's' },
      of(
        'fairness: criteria not proven optimal',
        'of those asked',
        ({ proofs }) => proofs.filter(({ kind, value, bound }) => isFairness(kind) && value !== bound).length,
      ),
      of('fairness: common level, up to its bound', 'levels of 20 short', ({ proofs }) => gapOf(proofs[0]!)),
      of('served: minutes, up to their bound', '% short', ({ proofs }) =>
        percent(gapOf(proofs.find(({ kind }) => kind === 'served')!), proofs.find(({ kind }) => kind === 'served')!.bound),
      ),
      of('the least served practice', '% of its need', ({ figures }) => figures.leastShare),
      of('practices on average', '% of their need', ({ figures }) => figures.meanShare),
      of('evenness (Jain; 100: all alike)', '%', ({ figures }) => 100 * figures.evenness),
      of("continuity: today's minutes that stay with the same person", '%', ({ figures }) =>
        percent(figures.keptMinutes, figures.currentMinutes),
      ),
      of('travel', 'h a week', ({ figures }) => figures.travelMinutes / 60),
    ],
    verdict: { peer: 'the ten seconds that a manager waits', ours: 1000 * figure(...took).median, theirs: 1000 * GOAL_SECONDS, unit: 'ms' },
    notes: [
      `${REGIONS} made-up regions of ${PATIENTS.toLocaleString('en-US')} patients, ${PRACTICES} practices and 12 staff in two states; hours fall short of the need, travel and blocks of four hours are hard limits.`,
    ],
  }
}

const isFairness = (kind: string): boolean => kind === 'common-level' || kind === 'practices-at-level'
const gapOf = ({ value, bound }: Plan['proofs'][number]): number => Math.abs(bound - value)
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole)
const inWords = ({ kind, value, bound, ...more }: Plan['proofs'][number]): string =>
  `${kind}${'level' in more ? ` ${more.level}` : ''} ${value} of at most ${bound}`
