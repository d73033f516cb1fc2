import { chain, isElm, list, local, operandsOf, spaced, textOf, type Elm } from './elm-parts.ts'
import { before, between, denied, forms } from './operator-words.ts'
import { extensionIn, inOtherForm } from './other-forms.ts'
import { recordWords } from './retrieve-words.ts'

/** An ELM expression in plain words: what it asks, not how. */
export function wordsOf(node: unknown): string {
  if (!isElm(node)) return ''
  let words = known.get(node)
  if (words === undefined) known.set(node, (words = makeWords(node)))
  return words
}

/** Branches are asked for their words to be compared, at every depth. */
const known = new WeakMap<Elm, string>()

function makeWords(node: Elm): string {
  const about = inOtherForm(node, wordsOf)
  if (about) return wordsOf(about)
  const type = textOf(node.type)
  const operands = operandsOf(node)
  const [first, second] = operands
  if (type === 'And' || type === 'Or' || type === 'Union') return [...new Set(chain(node, type).map(inner))].join(` ${between[type]!} `)
  if (type === 'In' && second?.type === 'Interval' && !precisionOf(node))
    return `${inner(first)} is between ${wordsOf(second.low)} and ${wordsOf(second.high)}`
  if (type === 'Not' && first) return notWords(first)
  if (type === 'Implies') return `if ${inner(first)}, then ${inner(second)}`
  const infix = type === 'In' && second?.type === 'List' ? 'is' : between[type]
  if (infix !== undefined) {
    const found = infixWords(node, infix)
    if (found !== null) return found
  }
  const extension = extensionIn(node)
  if (extension) return `${spaced(extension.name).replaceAll('-', ' ')} of ${inner(extension.owner)}`
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
      return propertyWords(node)
    case 'AliasRef':
    case 'OperandRef':
    case 'QueryLetRef':
    case 'IdentifierRef':
    case 'ParameterRef':
      return textOf(node.name)
    case 'ExpressionRef':
      return node.name === 'Patient' ? 'Patient' : `"${textOf(node.name)}"`
    case 'ValueSetRef':
    case 'CodeRef':
    case 'CodeSystemRef':
    case 'ConceptRef':
      return `"${textOf(node.name)}"`
    case 'FunctionRef':
      return callWords(spaced(textOf(node.name)), operands)
    case 'Retrieve':
      return isElm(node.codes)
        ? `${recordWords(node)} with ${textOf(node.codeProperty) || 'code'} in ${wordsOf(node.codes)}`
        : recordWords(node)
    case 'DateTimeComponentFrom':
      return `${textOf(node.precision).toLowerCase()} of ${inner(first)}`
    case 'Last':
      return isReferenced(node) ? `what ${inner((node.source as Elm).stringToSplit)} names` : `last of ${inner(first)}`
    case 'Split':
      return `${inner(node.stringToSplit)} split at ${wordsOf(node.separator)}`
    case 'Query':
      return queryWords(node)
    case 'IsNull':
      return `${inner(first)} is unknown`
    case 'Is':
      return `${inner(first)} is ${formWords(node)}`
    case 'Interval':
      return `from ${wordsOf(node.low)} to ${wordsOf(node.high)}`
    case 'List': {
      const elements = list(node.element).map(wordsOf)
      return elements.length === 1 ? elements[0]! : `one of (${elements.join(', ')})`
    }
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

const precisionOf = (node: Elm): string => (typeof node.precision === 'string' ? ` (by ${node.precision.toLowerCase()})` : '')

/** Null where the node has no two operands. */
function infixWords(node: Elm, words: string): string | null {
  if (node.type === 'InValueSet' || node.type === 'AnyInValueSet') return `${inner(node.code ?? node.codes)} ${words} ${valueSetName(node)}`
  const operands = operandsOf(node)
  return operands.length < 2 ? null : operands.map(inner).join(` ${words}${precisionOf(node)} `)
}

function notWords(node: Elm): string {
  if (node.type === 'IsNull') return `${inner(operandsOf(node)[0])} is known`
  if (node.type === 'Exists') return `there is no ${wordsOf(operandsOf(node)[0])}`
  const isListed = node.type === 'In' && operandsOf(node)[1]?.type === 'List'
  const words = isListed ? 'is not' : denied[textOf(node.type)]
  return (words === undefined ? null : infixWords(node, words)) ?? `not ${inner(node)}`
}

function propertyWords({ source, scope, path }: Elm): string {
  // The value of a FHIR primitive is what its element is called, and that of an extension what the extension is called.
  if (path === 'value' && isElm(source) && (source.type === 'Property' || extensionIn(source))) return wordsOf(source)
  const [owner, element] = [textOf(scope) || inner(source), textOf(path).replace(/(\w)\.value$/, '$1')]
  // `period of the encounter` has an end: `period.end of the encounter`.
  const whose = /^(?:(\S+) of )?(the [^.]+)$/.exec(owner)
  return whose ? `${[whose[1], element].filter(Boolean).join('.')} of ${whose[2]!}` : [owner, element].filter(Boolean).join('.')
}

/** `Visit is verified`; of lists what the function leaves of them. */
function callWords(name: string, operands: readonly Elm[]): string {
  const [first, second] = operands
  if (!first) return name
  if (second) return operands.length === 2 ? `${inner(first)} ${name} ${inner(second)}` : `${name} of ${operands.map(inner).join(', ')}`
  if (/^(?:Retrieve|Union|Query)$/.test(textOf(first.type))) return `${inner(first)} left by "${name}"`
  if (/^(?:is|has|was|does) /.test(name)) return `${inner(first)} ${name}`
  if (/ (?:after|at|before|by|during|from|in|of|on|since|through|until)$/.test(name)) return `${name} ${inner(first)}`
  return `${name} ${first.type === 'ParameterRef' ? 'during' : 'of'} ${inner(first)}`
}

/** What form `Is` asks for. */
function formWords({ isType, isTypeSpecifier }: Elm): string {
  const specifier = isElm(isTypeSpecifier) ? isTypeSpecifier : {}
  if (specifier.type === 'ListTypeSpecifier') return 'a list'
  if (specifier.type === 'IntervalTypeSpecifier')
    return /}Date/.test(textOf(isElm(specifier.pointType) && specifier.pointType.name)) ? 'a period' : 'a range'
  const name = local(textOf(isType) || textOf(specifier.name))
  return forms[name] ?? `of type ${spaced(name)}`
}

/** Inside another expression: in parentheses where it would be misread. */
function inner(node: unknown): string {
  if (!isElm(node)) return ''
  const about = inOtherForm(node, wordsOf)
  if (about) return inner(about)
  return /^(?:And|Or|Xor|Implies|Query|If|Case)$/.test(textOf(node.type)) ? `(${wordsOf(node)})` : wordsOf(node)
}

/** The words of a query without its conditions: where its items come from. */
const sourceWords = (query: Elm): string =>
  list(query.source)
    .map((source) => `${wordsOf(source.expression)} (each ${textOf(source.alias)})`)
    .join(', ')

function queryWords(query: Elm): string {
  const each = partOfEach(query)
  if (each) return each
  const conditions = [...list(query.relationship).map(relationshipWords), ...(isElm(query.where) ? [wordsOf(query.where)] : [])]
  return `${sourceWords(query)}${conditions.length > 0 ? ` with ${conditions.join(' and ')}` : ''}`
}

/** `score of each of "Results"`; null of a query that asks more, or gives its items as they are. */
function partOfEach(query: Elm): string | null {
  const [only, ...others] = list(query.source)
  const given = isElm(query.return) && isElm(query.return.expression) ? query.return.expression : null
  if (!only || others.length > 0 || !given || query.where !== undefined || list(query.relationship).length > 0) return null
  const [operand] = operandsOf(given)
  const items = wordsOf(only.expression)
  if (given.type === 'FunctionRef' && operand?.type === 'AliasRef') return `${spaced(textOf(given.name))} of each of ${items}`
  return given.type === 'Property' && given.scope === only.alias ? `${textOf(given.path)} of each of ${items}` : null
}

/** The id at the end of a reference. */
function isReferenced({ source }: Elm): boolean {
  const separator = isElm(source) && source.type === 'Split' ? source.separator : null
  return isElm(separator) && separator.value === '/'
}

export function relationshipWords(relationship: Elm): string {
  const count = relationship.type === 'Without' ? 'no' : 'some'
  const name = textOf(relationship.alias)
  return `${count} ${wordsOf(relationship.expression)}${name.startsWith('the ') ? '' : ` (${name})`} such that ${wordsOf(relationship.suchThat)}`
}

/** A reference without type: ELM has it where nothing else can stand. */
const valueSetName = ({ valueset, valuesetExpression }: Elm): string =>
  isElm(valueset) ? `"${textOf(valueset.name)}"` : wordsOf(valuesetExpression)
