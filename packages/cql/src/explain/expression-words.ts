/** An ELM node as JSON; what is not there is undefined. */
export type Elm = Readonly<Record<string, unknown>>

export const isElm = (value: unknown): value is Elm => typeof value === 'object' && value !== null && !Array.isArray(value)
export const operandsOf = (node: Elm): Elm[] => [node.operand ?? node.source ?? []].flat().filter(isElm)
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Words for operators between two operands. */
const between: Readonly<Record<string, string>> = {
  ...{ And: 'and', Or: 'or', Xor: 'or else', Equal: 'is', NotEqual: 'is not', Equivalent: 'matches' },
  ...{ Greater: '>', GreaterOrEqual: '>=', Less: '<', LessOrEqual: '<=', Add: '+', Subtract: '-', Multiply: '×', Divide: '/' },
  ...{
    In: 'is during',
    IncludedIn: 'is during',
    ProperIn: 'is inside',
    ProperIncludedIn: 'is inside',
    Contains: 'contains',
    Includes: 'includes',
  },
  ...{ Before: 'is before', After: 'is after', SameAs: 'is the same as', SameOrBefore: 'is on or before', SameOrAfter: 'is on or after' },
  ...{
    Overlaps: 'overlaps',
    OverlapsBefore: 'overlaps the start of',
    OverlapsAfter: 'overlaps the end of',
    Starts: 'starts',
    Ends: 'ends',
  },
  ...{ Meets: 'meets', MeetsBefore: 'ends where it begins:', MeetsAfter: 'begins where it ends:', Concatenate: 'followed by' },
  ...{ Union: 'or', Intersect: 'that are also', Except: 'except', InValueSet: 'is in', AnyInValueSet: 'has one in' },
}

/** Words before a single operand. */
const before: Readonly<Record<string, string>> = {
  ...{ Start: 'start of', End: 'end of', DateFrom: 'day of', TimeFrom: 'time of', Exists: 'there is', Not: 'not', Count: 'number of' },
  ...{
    First: 'first of',
    Last: 'last of',
    SingletonFrom: 'the one of',
    Distinct: 'different',
    Flatten: 'all of',
    Sum: 'sum of',
    Min: 'least of',
  },
  ...{
    Max: 'greatest of',
    Avg: 'average of',
    Length: 'length of',
    Negate: 'minus',
    IsTrue: 'certainly',
    IsFalse: 'certainly not',
    Width: 'width of',
  },
  ...{
    AllTrue: 'all of',
    AnyTrue: 'any of',
    Collapse: 'joined',
    Predecessor: 'just before',
    Successor: 'just after',
    PointFrom: 'point of',
  },
}

/** Nodes and functions that only change how a value is written. */
const conversion = /^(?:As|Convert|To[A-Z]\w*|to[A-Z]\w*)$/

/** An ELM expression in plain words: what it asks, not how. */
export function wordsOf(node: unknown): string {
  if (!isElm(node)) return ''
  const type = textOf(node.type)
  const operands = operandsOf(node)
  const [first, second] = operands
  const precision = typeof node.precision === 'string' ? ` (by ${node.precision.toLowerCase()})` : ''
  if (conversion.test(type) || (type === 'FunctionRef' && operands.length === 1 && conversion.test(textOf(node.name))))
    return wordsOf(first)
  if (type === 'In' && second?.type === 'Interval' && !precision)
    return `${inner(first)} is between ${wordsOf(second.low)} and ${wordsOf(second.high)}`
  if (type === 'Not' && first?.type === 'IsNull') return `${inner(operandsOf(first)[0])} is known`
  if (type === 'Implies') return `if ${inner(first)}, then ${inner(second)}`
  const infix = type === 'In' && second?.type === 'List' ? 'is' : between[type]
  if (infix !== undefined && operands.length >= 2) return operands.map(inner).join(` ${infix}${precision} `)
  if (type === 'InValueSet' || type === 'AnyInValueSet') return `${inner(node.code ?? node.codes)} ${infix!} ${valueSetName(node)}`
  const prefix = before[type]
  if (prefix !== undefined) return `${prefix} ${type === 'Exists' ? wordsOf(first) : inner(first)}`
  switch (type) {
    case 'Literal':
      return textOf(node.valueType).endsWith('}String') ? `'${textOf(node.value)}'` : textOf(node.value)
    case 'Quantity':
      return `${String(node.value)} ${textOf(node.unit)}`.trim()
    case 'Null':
      return 'unknown'
    case 'Property':
      // The value of a FHIR primitive is what its element is called.
      if (node.path === 'value' && isElm(node.source) && node.source.type === 'Property') return wordsOf(node.source)
      return [textOf(node.scope) || inner(node.source), textOf(node.path)].filter(Boolean).join('.')
    case 'AliasRef':
    case 'OperandRef':
    case 'QueryLetRef':
    case 'IdentifierRef':
    case 'ParameterRef':
      return textOf(node.name)
    case 'ExpressionRef':
    case 'ValueSetRef':
    case 'CodeRef':
    case 'CodeSystemRef':
    case 'ConceptRef':
      return `"${textOf(node.name)}"`
    case 'FunctionRef':
      return operands.length === 0 ? textOf(node.name) : `${spaced(textOf(node.name))} of ${operands.map(inner).join(', ')}`
    case 'Retrieve':
      return retrieveWords(node)
    case 'Query':
      return queryWords(node)
    case 'IsNull':
      return `${inner(first)} is unknown`
    case 'Is':
      return `${inner(first)} is of type ${local(textOf(node.isType) || textOf((node.isTypeSpecifier as Elm | undefined)?.name))}`
    case 'Interval':
      return `from ${wordsOf(node.low)} to ${wordsOf(node.high)}`
    case 'List':
      return `one of (${list(node.element).map(wordsOf).join(', ')})`
    case 'Coalesce':
      return `the first known of ${operands.map(inner).join(', ')}`
    case 'If':
      return `${inner(node.then)} if ${inner(node.condition)}, else ${inner(node.else)}`
    case 'Case':
      return `${list(node.caseItem)
        .map((item) => `${inner(item.then)} if ${inner(item.when)}`)
        .join('; ')}; else ${inner(node.else)}`
    case 'CalculateAgeAt':
    case 'CalculateAge':
      return `age in ${textOf(node.precision).toLowerCase()}s${second ? ` at ${inner(second)}` : ''}`
    case 'DurationBetween':
    case 'DifferenceBetween':
      return `${textOf(node.precision).toLowerCase()}s from ${inner(first)} to ${inner(second)}`
    case 'Indexer':
      return `number ${inner(second)} of ${inner(first)}`
    case 'Date':
    case 'DateTime':
      return ['year', 'month', 'day'].flatMap((part) => (isElm(node[part]) ? [wordsOf(node[part])] : [])).join('-')
    case 'Tuple':
      return list(node.element)
        .map((element) => `${textOf(element.name)}: ${wordsOf(element.value)}`)
        .join(', ')
    default:
      return [spaced(type), operands.map(inner).join(', ')].filter(Boolean).join(' ')
  }
}

/** Inside another expression: in parentheses where it would be misread. */
function inner(node: unknown): string {
  const words = wordsOf(node)
  return isElm(node) && /^(?:And|Or|Xor|Implies|Query|If|Case)$/.test(textOf(node.type)) ? `(${words})` : words
}

/** The words of a query without its conditions: where its items come from. */
const sourceWords = (query: Elm): string =>
  list(query.source)
    .map((source) => `${wordsOf(source.expression)} (each ${textOf(source.alias)})`)
    .join(', ')

function queryWords(query: Elm): string {
  const conditions = [...list(query.relationship).map(relationshipWords), ...(isElm(query.where) ? [wordsOf(query.where)] : [])]
  return `${sourceWords(query)}${conditions.length > 0 ? ` with ${conditions.join(' and ')}` : ''}`
}

export function relationshipWords(relationship: Elm): string {
  const count = relationship.type === 'Without' ? 'no' : 'some'
  return `${count} ${wordsOf(relationship.expression)} (${textOf(relationship.alias)}) such that ${wordsOf(relationship.suchThat)}`
}

function retrieveWords(retrieve: Elm): string {
  const profile = textOf(retrieve.templateId).split('/').at(-1) ?? ''
  const type = local(textOf(retrieve.dataType))
  const own = profile.replace(/^(?:qicore|us-core|us-quality-core)-/, '')
  const isType = own === '' || own.replaceAll('-', '').toLowerCase() === type.toLowerCase()
  const name = isType ? spaced(type) : profileWords(own)
  if (!isElm(retrieve.codes)) return `${name} records`
  return `${name} records with ${textOf(retrieve.codeProperty) || 'code'} in ${wordsOf(retrieve.codes)}`
}

/** Profiles whose names are not how people call what they describe (QI-Core 6 and US Core 6.1). */
const called: Readonly<Record<string, string>> = {
  'condition-problems-health-concerns': 'problem or health concern',
  'condition-encounter-diagnosis': 'encounter diagnosis',
  'observation-lab': 'laboratory result',
  'observation-clinical-result': 'clinical result',
  'observation-screening-assessment': 'screening or assessment',
  'simple-observation': 'observation',
  observationcancelled: 'cancelled observation',
  taskrejected: 'rejected task',
}

const profileWords = (profile: string): string =>
  called[profile] ??
  profile
    .replaceAll('-', ' ')
    .replace(/not(done|requested|rejected|dispensed|ordered|administered)$/, ' not $1')
    .replace(/^medication(administration|dispense)/, 'medication $1')
    .toLowerCase()

const valueSetName = (node: Elm): string => wordsOf(node.valueset) || wordsOf(node.valuesetExpression)
const local = (name: string): string => name.replace(/^\{.*\}/, '')
export const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
export const list = (value: unknown): Elm[] => (Array.isArray(value) ? value.filter(isElm) : [])
