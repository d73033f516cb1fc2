import type { ElmDefinition, ElmLibrary } from '../front-end/translation.ts'
import type { GroupDefinition, ObservationDefinition } from './measure-definition.ts'

/**
 * The measure's own library with a definition for each function that the measure applies to items of a population, in the population's
 * order: observations, and stratifiers that are functions. So engines evaluate definitions only.
 */
export function withItemFunctions(library: ElmLibrary, groups: readonly GroupDefinition[]): ElmLibrary {
  const definitions = new Map<string, ElmDefinition>()
  for (const group of groups) {
    for (const observation of group.observations) definitions.set(observation.expression, observing(library, group, observation))
    const initials = group.populations.filter(({ code }) => code === 'initial-population')
    for (const { expressions, ofItems } of group.stratifiers) {
      for (const [index, names] of ofItems.entries()) {
        names?.forEach((name, at) => definitions.set(name, ofEach(name, expressions[index]!, initials[at]!.expression)))
      }
    }
  }
  if (definitions.size === 0) return library
  return { ...library, statements: { def: [...(library.statements?.def ?? []), ...definitions.values()] } }
}

function observing(library: ElmLibrary, group: GroupDefinition, { observer, expression, observes }: ObservationDefinition): ElmDefinition {
  const isFunction = library.statements?.def.some(({ name, type }) => name === observer && type === 'FunctionDef') ?? false
  if (!isFunction) return define(expression, { type: 'ExpressionRef', name: observer })
  if (group.basis === 'boolean') return define(expression, call(observer))
  return ofEach(expression, observer, group.populations[observes]!.expression)
}

function ofEach(name: string, called: string, population: string): ElmDefinition {
  const source = [{ alias: 'Item', expression: { type: 'ExpressionRef', name: population } }]
  const returned = { distinct: false, expression: call(called, { type: 'AliasRef', name: 'Item' }) }
  return define(name, { type: 'Query', source, relationship: [], let: [], return: returned })
}

const define = (name: string, expression: object): ElmDefinition => ({ ...{ name, context: 'Patient', accessLevel: 'Public' }, expression })
const call = (name: string, ...operand: readonly object[]): object => ({ type: 'FunctionRef', name, operand })
