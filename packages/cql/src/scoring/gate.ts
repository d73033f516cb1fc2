import type { GroupDefinition, PopulationDefinition } from './measure-definition.ts'
import type { MembershipCode } from './population-code.ts'

/**
 * From the populations whose criteria an item meets to those that it is in. Bit n stands for the group's population n.
 *
 * The rules are those of the Quality Measure IG (hl7.org/fhir/us/cqfmeasures, "Measure Conformance", population criteria by
 * scoring) and of CMS' "Measure Calculations". An item is a person, or one visit of a person where visits are counted.
 */
export type Gate = (met: number) => number

export function gateOf(group: GroupDefinition): Gate {
  switch (group.scoring) {
    case 'proportion':
      return proportionGate(group)
    case 'ratio':
      return ratioGate(group)
    case 'continuous-variable':
      return continuousVariableGate(group)
    case 'cohort':
      return (met) => met & bitOf(group, 'initial-population')
  }
}

/**
 * Each population lies in the one before it. An exclusion takes out of all that follows; an exception takes only what missed the
 * numerator. What is excluded from the numerator stays counted in it, as its own exclusion. Without a denominator the initial population is it.
 */
function proportionGate(group: GroupDefinition): Gate {
  const initial = bitOf(group, 'initial-population')
  const denominator = bitOf(group, 'denominator')
  const exclusion = bitOf(group, 'denominator-exclusion')
  const exception = bitOf(group, 'denominator-exception')
  const numerator = bitOf(group, 'numerator')
  const numeratorExclusion = bitOf(group, 'numerator-exclusion')
  return (met) => {
    if ((met & initial) === 0) return 0
    if (denominator !== 0 && (met & denominator) === 0) return initial
    const eligible = initial | denominator
    if ((met & exclusion) !== 0) return eligible | exclusion
    if ((met & numerator) !== 0) return eligible | numerator | (met & numeratorExclusion)
    return eligible | (met & exception)
  }
}

/** Numerator and denominator lie in an initial population, the same or each its own, and are independent of each other. */
function ratioGate(group: GroupDefinition): Gate {
  const initials = bitOf(group, 'initial-population')
  const denominator = bitOf(group, 'denominator')
  const exclusion = bitOf(group, 'denominator-exclusion')
  const exception = bitOf(group, 'denominator-exception')
  const numerator = bitOf(group, 'numerator')
  const numeratorExclusion = bitOf(group, 'numerator-exclusion')
  const beforeDenominator = initialOf(group, 'denominator') | denominator
  const beforeNumerator = initialOf(group, 'numerator') | numerator
  return (met) => {
    let held = met & initials
    if ((met & beforeDenominator) === beforeDenominator) {
      held |= denominator
      held |= (met & exclusion) === 0 ? met & exception : exclusion
    }
    if ((met & beforeNumerator) === beforeNumerator) held |= numerator | (met & numeratorExclusion)
    return held
  }
}

function continuousVariableGate(group: GroupDefinition): Gate {
  const initial = bitOf(group, 'initial-population')
  const measured = bitOf(group, 'measure-population')
  const exclusion = bitOf(group, 'measure-population-exclusion')
  return (met) => {
    if ((met & initial) === 0) return 0
    if ((met & measured) === 0) return initial
    return initial | measured | (met & exclusion)
  }
}

/** The bits of a group's populations of one kind: one bit nearly always, none where the group lacks it. */
function bitOf(group: Pick<GroupDefinition, 'populations'>, code: MembershipCode): number {
  return group.populations.reduce((bits, population, index) => (population.code === code ? bits | (1 << index) : bits), 0)
}

/** The initial population that a population lies in; all of them where the measure does not say. */
function initialOf(group: GroupDefinition, code: MembershipCode): number {
  const within = group.populations.find((population) => population.code === code)?.within
  const index = group.populations.findIndex((population) => population.id === within && isInitial(population))
  return index < 0 ? bitOf(group, 'initial-population') : 1 << index
}

const isInitial = ({ code }: PopulationDefinition): boolean => code === 'initial-population'

/** What an item must not be in to be observed as part of a population. */
const exclusionOf: Partial<Record<MembershipCode, MembershipCode>> = {
  denominator: 'denominator-exclusion',
  numerator: 'numerator-exclusion',
  'measure-population': 'measure-population-exclusion',
}

/** Whether a gated item is observed for the population at an index: in it, and not excluded from it. */
export function observedIn(group: GroupDefinition, index: number): (held: number) => boolean {
  const exclusion = exclusionOf[group.populations[index]!.code]
  const excluded = exclusion ? bitOf(group, exclusion) : 0
  return (held) => (held & (1 << index)) !== 0 && (held & excluded) === 0
}
