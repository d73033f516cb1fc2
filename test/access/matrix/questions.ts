import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql'
import { isDear } from '../../support/whole-queries.ts'

export interface Root {
  readonly kind: 'query' | 'mutation'
  /** `Query.patient` */
  readonly name: string
  readonly field: GraphQLField<unknown, unknown>
  /** Paths of the ids it takes: `id`, `input.patientId`. */
  readonly idPaths: readonly string[]
}

export interface Question {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Every root field of the schema. */
export function rootsOf(schema: GraphQLSchema): Root[] {
  const of = (kind: Root['kind'], type: ReturnType<GraphQLSchema['getQueryType']>): Root[] =>
    Object.values(type?.getFields() ?? {}).map((field) => ({
      kind,
      name: `${type!.name}.${field.name}`,
      field,
      idPaths: field.args.flatMap((arg) => idsIn(arg.type, arg.name)),
    }))
  return [...of('query', schema.getQueryType()), ...of('mutation', schema.getMutationType())]
}

function idsIn(type: GraphQLInputType, path: string): string[] {
  const named = getNamedType(type)
  if (isInputObjectType(named)) return Object.values(named.getFields()).flatMap((field) => idsIn(field.type, `${path}.${field.name}`))
  return named.name === 'ID' ? [path] : []
}

interface Asking {
  /** Makes texts and idempotency keys of the question its own. */
  readonly key: string
  /** Which fields below the root to select. */
  isOpen(field: GraphQLField<unknown, unknown>): boolean
  /** Arguments that would else be left out. */
  readonly filled: Readonly<Record<string, unknown>>
  /** Told of every type that something is selected of. */
  onType(name: string): void
}

/** A root field with everything that can be selected beneath it, its required arguments and its ids filled in. */
export function question({ kind, field }: Root, idAt: (path: string) => string, asking: Asking): Question {
  const filled = field.args.flatMap((arg) => {
    const value = arg.name in asking.filled ? asking.filled[arg.name] : valueOf(arg.type, arg.name, idAt, asking.key)
    return value === undefined ? [] : [{ arg, value }]
  })
  const head = filled.length === 0 ? '' : `(${filled.map(({ arg }) => `$${arg.name}: ${String(arg.type)}`).join(', ')})`
  const args = filled.length === 0 ? '' : `(${filled.map(({ arg }) => `${arg.name}: $${arg.name}`).join(', ')})`
  return {
    query: `${kind} ${head} { ${field.name}${args} ${selectionOf(field.type, [], asking)} }`,
    variables: Object.fromEntries(filled.map(({ arg, value }) => [arg.name, value])),
  }
}

function valueOf(type: GraphQLInputType, path: string, idAt: (path: string) => string, key: string): unknown {
  if (isNonNullType(type)) {
    const inner = type.ofType
    return isListType(inner) ? [valueOf(inner.ofType as GraphQLInputType, path, idAt, key)] : bare(inner, path, idAt, key)
  }
  // What may be left out is, unless it is an id or keeps a page affordable.
  if (path === 'first') return 3
  if (path.endsWith('.jwksUrl')) return SPELLED['jwksUrl']
  if (idsIn(type, path).length === 0) return undefined
  return isListType(type) ? [valueOf(type.ofType, path, idAt, key)] : bare(type, path, idAt, key)
}

function bare(type: GraphQLInputType, path: string, idAt: (path: string) => string, key: string): unknown {
  if (isInputObjectType(type)) {
    const entries = Object.values(type.getFields()).map(
      (field) => [field.name, valueOf(field.type, `${path}.${field.name}`, idAt, key)] as const,
    )
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
  if (isEnumType(type)) return type.getValues()[0]!.name
  const name = path.split('.').at(-1)!
  switch (getNamedType(type).name) {
    case 'ID':
      return idAt(path)
    case 'Int':
      return 1
    case 'Float':
      return 5 // percent, of an HbA1c
    case 'Boolean':
      return false
    case 'Day':
      return name === 'end' ? '2025-12-31' : name === 'expiresOn' ? '2099-12-31' : '2025-01-01'
    case 'DateTime':
      return '2026-03-02T15:00:00Z'
    default:
      // As they have to be, so that nothing is refused before it comes to a wall.
      if (name in SPELLED) return SPELLED[name]
      if (name === 'idempotencyKey') return `matrix-${key}`
      return /email/i.test(name) ? `matrix.${key}@example.org` : `matrix ${name} ${key}`
  }
}

const SPELLED: Readonly<Record<string, string>> = {
  version: '2026-01',
  role: 'clinician',
  measure: 'poor',
  scopes: 'system/*.c',
  jwksUrl: 'https://keys.example.org/jwks.json',
}

function selectionOf(type: GraphQLOutputType, above: readonly GraphQLNamedType[], asking: Asking, isInList = false): string {
  const named = getNamedType(type)
  const isEach = isInList || isListType(getNullableType(type))
  if (isScalarType(named) || isEnumType(named)) return ''
  if (isUnionType(named)) {
    const parts = named.getTypes().map((one) => `... on ${one.name} ${selectionOf(one, above, asking)}`)
    return `{ __typename ${parts.join(' ')} }`
  }
  if (!isObjectType(named)) return '{ __typename }'
  asking.onType(named.name)
  const inner = Object.values(named.getFields())
    .filter((one) => !above.includes(getNamedType(one.type)) && above.length < 4 && asking.isOpen(one) && !(isEach && isDear(one)))
    .map((field) => `${field.name}${smallest(field)} ${selectionOf(field.type, [...above, named], asking, isEach)}`)
  return `{ ${['__typename', ...inner].join(' ')} }`
}

/** Two entries of every page are enough, and affordable; a measure has to be named. */
const BENEATH: Readonly<Record<string, string>> = { first: '2', measure: `"${SPELLED['measure']}"` }
function smallest({ args }: GraphQLField<unknown, unknown>): string {
  const filled = args.flatMap(({ name }) => (name in BENEATH ? `${name}: ${BENEATH[name]}` : []))
  return filled.length === 0 ? '' : `(${filled.join(', ')})`
}
