import { Precision } from '../runtime/precision.ts'
import { textPart } from './elm-node.ts'

type Node = Readonly<Record<string, unknown>>

const directions = ['asc', 'ascending', 'desc', 'descending']

/** Values of ELM's attributes (ELM 1.5 schema): another one would be read as none, and change answers without a word. */
const values: Readonly<Record<string, (node: Node) => readonly unknown[] | null>> = {
  precision: ({ precision, type }) => (typeof precision === 'string' && typeof type === 'string' ? Object.keys(Precision) : null),
  codeComparator: () => ['in', '=', '~', 'contains'],
  direction: () => directions,
  lowClosed: closed,
  highClosed: closed,
}

function closed({ type }: Node): readonly unknown[] | null {
  return type === 'Interval' ? [true, false] : null
}

const names = Object.keys(values)

/** The first attribute of a node that has no value of its schema, in words; null where all have. */
export function wrongAttribute(node: Node): string | null {
  for (const name of names) {
    const value = node[name]
    if (value === undefined || value === null) continue
    const known = values[name]!(node)
    if (known && !known.includes(value)) return `Its ${name} is ${shown(value)}; it can be ${known.map(shown).join(', ')}.`
  }
  return null
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? '').slice(0, 40)

/** A library of another FHIR than the records': elements of one name mean other things. */
export function foreignModel(using: Node): string | null {
  const version = textPart(using, 'version')
  if (using.localIdentifier !== 'FHIR' || version === null || version.startsWith('4.')) return null
  return `It is written for FHIR ${version}, and records are FHIR R4 (4.0.1). Translate its CQL with FHIR 4.0.1.`
}
