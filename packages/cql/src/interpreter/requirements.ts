import type { DataRequirement } from '../engine.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import type { CodeSet } from './code-set.ts'
import { elmNodes, type ElmNode } from './elm-walk.ts'
import { includedLibrary, type Reached } from './reachable.ts'

type FindCodes = (canonical: string, version?: string) => CodeSet | null

interface Definitions {
  readonly def: readonly ElmNode[]
}

/** What the retrieves of reached definitions may touch, without repeats. The Patient is always among it. */
export function dataRequirements(reached: readonly Reached[], libraries: readonly ElmLibrary[], find: FindCodes): DataRequirement[] {
  const found = new Map<string, DataRequirement>([['Patient', { type: 'Patient', path: null, codes: null }]])
  for (const { library, definition } of reached) {
    for (const node of elmNodes(definition.expression)) {
      if (node.type !== 'Retrieve') continue
      const requirement = requirementOf(node, library, libraries, find)
      found.set(JSON.stringify([requirement.type, requirement.path, node.codes]), requirement)
    }
  }
  return [...found.values()].filter(({ type, path }, index) => index === 0 || type !== 'Patient' || path !== null)
}

function requirementOf(retrieve: ElmNode, library: ElmLibrary, libraries: readonly ElmLibrary[], find: FindCodes): DataRequirement {
  const type = String(retrieve.dataType).replace(/^\{.*\}/, '')
  const codes = retrieve.codes ? codesOf(retrieve.codes as ElmNode, library, libraries, find) : null
  return codes ? { type, path: (retrieve.codeProperty as string) ?? null, codes } : { type, path: null, codes: null }
}

/** Codes of a value set or of listed codes; null when they are only known at run time. */
function codesOf(filter: ElmNode, library: ElmLibrary, libraries: readonly ElmLibrary[], find: FindCodes): DataRequirement['codes'] {
  const codes: { system: string; code: string }[] = []
  for (const node of elmNodes(filter)) {
    const home = includedLibrary(libraries, library, node.libraryName as string | undefined)
    if (node.type === 'ValueSetRef') {
      const declared = named(home?.valueSets, node.name)
      for (const { system, code } of find(String(declared?.id ?? ''), declared?.version as string | undefined)?.members ?? [])
        codes.push({ system, code })
    } else if (node.type === 'CodeRef') {
      const code = named(home?.codes as Definitions | undefined, node.name)
      const system = named(home?.codeSystems as Definitions | undefined, (code?.codeSystem as ElmNode | undefined)?.name)
      codes.push({ system: String(system?.id ?? ''), code: String(code?.id ?? '') })
    } else if (node.type === 'ExpressionRef' || node.type === 'FunctionRef' || node.type === 'ParameterRef') return null
  }
  return codes
}

const named = (definitions: Definitions | undefined, name: unknown): ElmNode | undefined =>
  definitions?.def.find((node) => node.name === name)
