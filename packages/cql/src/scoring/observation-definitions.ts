import type { ElmDefinition, ElmLibrary } from '../front-end/translation.ts'
import type { GroupDefinition, ObservationDefinition } from './measure-definition.ts'

/**
 * The measure's own library with a definition for each observation: the observing function applied to every item of the population,
 * in the population's order. So engines evaluate definitions only.
 */
export function withObservations(library: ElmLibrary, groups: readonly GroupDefinition[]): ElmLibrary {
  const definitions = new Map<string, ElmDefinition>()
  for (const group of groups) {
    for (const observation of group.observations) definitions.set(observation.expression, define(library, group, observation))
  }
  if (definitions.size === 0) return library
  return { ...library, statements: { def: [...(library.statements?.def ?? []), ...definitions.values()] } }
}

function define(library: ElmLibrary, group: GroupDefinition, { observer, expression, observes }: ObservationDefinition): ElmDefinition {
  const isFunction = library.statements?.def.some(({ name, type }) => name === observer && type === 'FunctionDef') ?? false
  const made = { name: expression, context: 'Patient', accessLevel: 'Public' }
  if (!isFunction) return { ...made, expression: { type: 'ExpressionRef', name: observer } }
  const call = (operand: readonly object[]): object => ({ type: 'FunctionRef', name: observer, operand })
  if (group.basis === 'boolean') return { ...made, expression: call([]) }
  const source = [{ alias: 'Item', expression: { type: 'ExpressionRef', name: group.populations[observes]!.expression } }]
  const returned = { distinct: false, expression: call([{ type: 'AliasRef', name: 'Item' }]) }
  return { ...made, expression: { type: 'Query', source, relationship: [], let: [], return: returned } }
}
