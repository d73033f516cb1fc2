import { isObject, objectsPart, textPart } from '../elm/elm-node.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import type { PackageProblem } from './package-problem.ts'

type Part = Readonly<Record<string, unknown>>

/** What a library declares under names, by the section of ELM that holds it. */
const kinds = [
  ['includes', 'include'],
  ['parameters', 'parameter'],
  ['codeSystems', 'code system'],
  ['valueSets', 'value set'],
  ['codes', 'code'],
  ['concepts', 'concept'],
  ['statements', 'definition'],
] as const

/** Names that mean two things in one library: which of them counts would be a guess. The same thing twice does no harm. */
export function doubledParts(elm: ElmLibrary, subject: string): PackageProblem[] {
  return kinds.flatMap(([section, kind]) => {
    const known = new Map<string, Part>()
    const doubled = new Set<string>()
    for (const part of partsOf(elm[section])) {
      const key = keyOf(part)
      const other = known.get(key)
      if (!other) known.set(key, part)
      else if (JSON.stringify(other) !== JSON.stringify(part)) doubled.add(inWords(part, kind))
    }
    return [...doubled].map((what) => ({ subject, message: `It has the ${what} twice, and the two differ. Take one of them out.` }))
  })
}

const partsOf = (section: unknown): readonly Part[] => (isObject(section) ? objectsPart(section, 'def') : [])

const nameOf = (part: Part): string => textPart(part, 'localIdentifier') ?? textPart(part, 'name') ?? ''

/** A function is told from others of its name by the types of its operands. */
const keyOf = (part: Part): string => (part.type === 'FunctionDef' ? JSON.stringify([nameOf(part), operandsOf(part)]) : nameOf(part))

const operandsOf = (part: Part): string[] =>
  objectsPart(part, 'operand').map(({ operandTypeSpecifier, operandType }) =>
    JSON.stringify(operandTypeSpecifier ?? operandType, (key, value: unknown) => (beside.has(key) ? undefined : value)),
  )

/** What a translator writes beside a type, and differs from place to place. */
const beside = new Set(['annotation', 'locator', 'localId', 'resultTypeName', 'resultTypeSpecifier'])

const inWords = (part: Part, kind: string): string =>
  part.type === 'FunctionDef' ? `function "${nameOf(part)}" of the same operands` : `${kind} "${nameOf(part)}"`
