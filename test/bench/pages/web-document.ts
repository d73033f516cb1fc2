import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type DefinitionNode, type FragmentDefinitionNode, Kind, parse, print, visit } from 'graphql'

const web = resolve(import.meta.dirname, '../../../web/src')

/** The text of one of the web's own operations, as its client sends it: with its fragments, and `__typename` wherever there are fields. */
export function webDocument(operation: string): string {
  const definitions = globSync('**/*.{ts,tsx}', { cwd: web }).flatMap((file) =>
    [...readFileSync(join(web, file), 'utf8').matchAll(/graphql\(\s*`([^`]+)`/g)].flatMap(([, text]) => parse(text!).definitions),
  )
  const chosen = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === operation)
  if (!chosen) throw new Error(`The web has no operation ${operation}.`)
  const document = { kind: Kind.DOCUMENT, definitions: [chosen, ...fragmentsOf(chosen, definitions)] } as const
  return print(visit(document, { SelectionSet: (node, _key, parent) => (isOperation(parent) ? undefined : withTypeName(node)) }))
}

const isOperation = (node: unknown): boolean =>
  typeof node === 'object' && node !== null && 'kind' in node && node.kind === Kind.OPERATION_DEFINITION

const TYPE_NAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const
const withTypeName = <Set extends { readonly selections: readonly unknown[] }>(set: Set): Set => ({
  ...set,
  selections: [...set.selections, TYPE_NAME],
})

function fragmentsOf(node: DefinitionNode, all: readonly DefinitionNode[]): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>()
  const follow = (from: DefinitionNode): void =>
    void visit(from, {
      FragmentSpread({ name }) {
        const fragment = all.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value) as FragmentDefinitionNode
        if (found.has(name.value)) return
        found.set(name.value, fragment)
        follow(fragment)
      },
    })
  follow(node)
  return [...found.values()]
}
