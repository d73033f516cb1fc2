import type { VariablesOf } from '../../lib/graphql.ts'
import { useAddress } from '../../lib/address.ts'
import { keyOfPeriod, periodFrom } from '../../ui/period-select.tsx'
import { words } from '../../words/index.ts'
import type { Save } from '../views/saved-view.ts'
import { useWhose } from './person-filters.tsx'
import { tierFrom } from './tier-select.tsx'
import { AHEAD } from './use-coming.ts'

/** Whom a view shows, in words that two views can be compared by. */
export type ListFilter = Required<VariablesOf<typeof Save>['input']['filter']>

/**
 * Whom the list shows. Everything but names stands in the address, so that a list can be bookmarked: of clinicians and care managers, too,
 * a name is a name.
 */
export function useListFilter() {
  const address = useAddress()
  const whose = useWhose()
  const gap = address.get('gap')
  const ahead = AHEAD.find((days) => String(days) === address.get('due')) ?? null
  const behind = populationFrom(address)
  const filter: ListFilter = {
    practice: address.get('practice'),
    condition: address.get('condition'),
    registry: address.get('registry'),
    tier: tierFrom(address.get('tier')),
    openGap: ahead === null ? gap : null,
    comingGap: ahead === null ? null : { withinDays: ahead, measure: gap },
    inPopulation: behind,
    ...whose.filter,
  }
  const isNarrowed = Object.values(filter).some((one) => one !== null)
  /** Another list, and with it whatever else of the address changes. */
  const show = (next: Partial<Kept>, more: Record<string, string | null> = {}) => {
    whose.setClinician(next.clinician ?? '')
    whose.setCareManager(next.careManager ?? '')
    const { openGap, comingGap, inPopulation, tier } = next
    address.set({
      practice: next.practice ?? null,
      condition: next.condition ?? null,
      registry: next.registry ?? null,
      tier: tier == null ? null : String(tier),
      gap: comingGap?.measure ?? openGap ?? null,
      due: comingGap ? String(comingGap.withinDays) : null,
      measure: inPopulation?.measure ?? null,
      population: inPopulation?.population ?? null,
      period: inPopulation?.period ? keyOfPeriod(inPopulation.period) : null,
      ...more,
    })
  }
  return { filter, gap, ahead, behind, whose, isNarrowed, show }
}

type Kept = { readonly [Key in keyof ListFilter]: ListFilter[Key] | undefined }

/** The number of a score whose people are asked for, as its link wrote it; the API refuses what it does not know. */
function populationFrom(address: ReturnType<typeof useAddress>) {
  const [measure, population] = [address.get('measure'), address.get('population')]
  if (!measure || !population || !Object.hasOwn(words.populations, population)) return null
  return { measure, population: population as keyof typeof words.populations, period: periodFrom(address.get('period')) ?? null }
}
