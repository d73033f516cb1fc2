import type { Need } from '@carecommons/domain/graphql'
import {
  getNamedType,
  type GraphQLField,
  type GraphQLResolveInfo,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

type Info = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'operation'>

const known = new WeakMap<Info['operation'], readonly Need[]>()

/** What the fields of an operation ask beyond their roots' doors, whatever alias, fragment or depth they were reached by. Worked out once per document. */
export function needsOf(info: Info): readonly Need[] {
  let needs = known.get(info.operation)
  if (!needs) known.set(info.operation, (needs = gather(info)))
  return needs
}

function gather({ schema, fragments, operation }: Info): Need[] {
  const found = new Map<string, Need>()
  const seen = new Set<string>()
  walk(schema.getRootType(operation.operation)?.name, operation.selectionSet)
  return [...found.values()]

  function walk(typeName: string | undefined, { selections }: SelectionSetNode): void {
    for (const selection of selections) {
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

  function fieldOf(typeName: string | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
    const type = typeName === undefined ? undefined : schema.getType(typeName)
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
  }
}

const isNeed = (value: unknown): value is Need => typeof value === 'object' && value !== null && 'action' in value && 'subject' in value
