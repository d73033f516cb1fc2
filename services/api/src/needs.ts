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

const known = new WeakMap<Info['operation'], readonly Need[]>()

/**
 * What the fields of an operation ask beyond their roots' doors, whatever alias, fragment or depth they were reached by. A field that
 * `@skip` or `@include` leaves out of this request is not asked for. Worked out once per document where nothing can be left out.
 */
export function needsOf(info: Info): readonly Need[] {
  const kept = known.get(info.operation)
  if (kept) return kept
  const { needs, mayDiffer } = gather(info)
  if (!mayDiffer) known.set(info.operation, needs)
  return needs
}

function gather({ schema, fragments, operation, variableValues }: Info): { needs: readonly Need[]; mayDiffer: boolean } {
  const found = new Map<string, Need>()
  const seen = new Set<string>()
  let mayDiffer = false
  walk(schema.getRootType(operation.operation)?.name, operation.selectionSet)
  return { needs: [...found.values()], mayDiffer }

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
    mayDiffer = true
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
