import type { Need } from '@carecommons/domain/graphql'
import {
  getDirectiveValues,
  getNamedType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

type Info = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'operation' | 'variableValues'>

const known = new WeakMap<Info['operation'], Map<string, readonly Need[]>>()

/**
 * What the fields of an operation ask beyond their roots' doors, whatever alias, fragment or depth they were reached by. A field that
 * `@skip` or `@include` leaves out of this request is not asked for. Worked out once for all requests of a document that leave out the same:
 * those two hang on what is true and what is false, and on nothing else.
 */
export function needsOf(info: Info): readonly Need[] {
  const kept = known.get(info.operation) ?? new Map<string, readonly Need[]>()
  known.set(info.operation, kept)
  const choices = JSON.stringify(Object.entries(info.variableValues).filter(([, value]) => typeof value === 'boolean'))
  const needs = kept.get(choices) ?? gather(info)
  if (kept.size < MOST_KEPT) kept.set(choices, needs)
  return needs
}

/** Six variables of yes or no, in every way. */
const MOST_KEPT = 64

function gather({ schema, fragments, operation, variableValues }: Info): readonly Need[] {
  const found = new Map<string, Need>()
  const seen = new Set<string>()
  walk(schema.getRootType(operation.operation)?.name, operation.selectionSet)
  return [...found.values()]

  function walk(typeName: string | undefined, { selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (isLeftOut(selection)) continue
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.typeCondition?.name.value ?? typeName, selection.selectionSet)
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments[selection.name.value]
        if (!fragment || seen.has(fragment.name.value)) continue
        seen.add(fragment.name.value)
        walk(fragment.typeCondition.name.value, fragment.selectionSet)
      } else {
        const field = fieldOf(typeName, selection.name.value)
        const need = field?.extensions['needs']
        if (isNeed(need)) found.set(`${need.action} ${need.subject}`, need)
        if (field && selection.selectionSet) walk(getNamedType(field.type).name, selection.selectionSet)
      }
    }
  }

  function isLeftOut(selection: SelectionNode): boolean {
    if (!selection.directives?.length) return false
    return (
      getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.['if'] === true ||
      getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.['if'] === false
    )
  }

  function fieldOf(typeName: string | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
    const type = typeName === undefined ? undefined : schema.getType(typeName)
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
  }
}

const isNeed = (value: unknown): value is Need => typeof value === 'object' && value !== null && 'action' in value && 'subject' in value
