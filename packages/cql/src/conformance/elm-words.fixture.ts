import type { ElmJson } from './random-elm.fixture.ts'

type Part = Readonly<Record<string, unknown>>
const short = (type: unknown): string => String(type).replace(/\{.*\}/, '')
const list = (value: unknown): readonly Part[] => (Array.isArray(value) ? (value as Part[]) : [])

/** ELM as something like CQL, for people who read a difference. */
export function elmWords(elm: unknown): string {
  const node = elm as ElmJson
  const of = (part: unknown): string => elmWords(part)
  if (!node || typeof node !== 'object') return JSON.stringify(elm)
  switch (node.type) {
    case 'Literal':
      return short(node.valueType) === 'String' ? `'${String(node.value)}'` : String(node.value)
    case 'Null':
      return 'null'
    case 'Quantity':
      return `${String(node.value)} '${String(node.unit)}'`
    case 'Property':
      return `${node.source ? of(node.source) : String(node.scope)}.${String(node.path)}`
    case 'Is':
      return `(${of(node.operand)} is ${short(node.isType)})`
    case 'As':
      return `(${of(node.operand)} as ${node.asType ? short(node.asType) : JSON.stringify(node.asTypeSpecifier)})`
    case 'FunctionRef':
      return `${String(node.name)}(${list(node.operand).map(of).join(', ')})`
    case 'Retrieve':
      return `[${short(node.dataType)}${node.codes ? `: ${String(node.codeProperty)} in ${of(node.codes)}` : ''}]`
    case 'Interval':
      return `Interval${node.lowClosed === false ? '(' : '['}${of(node.low)}, ${of(node.high)}${node.highClosed === false ? ')' : ']'}`
    case 'DateTime':
    case 'Date':
    case 'Time':
      return `${node.type}(${Object.values(node)
        .filter((part) => typeof part === 'object')
        .map(of)
        .join(', ')})`
    case 'InValueSet':
      return `${of(node.code)} in "${String((node.valueset as Part).name)}"`
    case 'If':
      return `if ${of(node.condition)} then ${of(node.then)} else ${of(node.else)}`
    case 'Case':
      return `case ${list(node.caseItem)
        .map((item) => `when ${of(item.when)} then ${of(item.then)}`)
        .join(' ')} else ${of(node.else)} end`
    case 'Query':
      return `(${queryWords(node)})`
    case 'Tuple':
      return `Tuple { ${list(node.element)
        .map(({ name, value }) => `${String(name)}: ${of(value)}`)
        .join(', ')} }`
    default:
      return node.name === undefined || !/Ref$/.test(node.type) ? callWords(node) : String(node.name)
  }
}

function callWords(node: ElmJson): string {
  const args = Object.values(node).flatMap((part) => (Array.isArray(part) ? (part as unknown[]) : typeof part === 'object' ? [part] : []))
  return `${node.type}${typeof node.precision === 'string' ? ` by ${node.precision.toLowerCase()}` : ''}(${args.map(elmWords).join(', ')})`
}

function queryWords(query: ElmJson): string {
  const from = list(query.source).map(({ alias, expression }) => `${elmWords(expression)} ${String(alias)}`)
  const aggregate = query.aggregate as Part | undefined
  const ret = query.return as Part | undefined
  const by = list((query.sort as Part | undefined)?.by)
  return [
    `from ${from.join(', ')}`,
    ...list(query.let).map(({ identifier, expression }) => `let ${String(identifier)}: ${elmWords(expression)}`),
    ...list(query.relationship).map(
      ({ type, alias, expression, suchThat }) =>
        `${String(type).toLowerCase()} ${elmWords(expression)} ${String(alias)} such that ${elmWords(suchThat)}`,
    ),
    ...(query.where ? [`where ${elmWords(query.where)}`] : []),
    ...(aggregate
      ? [`aggregate ${String(aggregate.identifier)} starting ${elmWords(aggregate.starting)}: ${elmWords(aggregate.expression)}`]
      : []),
    ...(ret ? [`return ${ret.distinct === false ? 'all ' : ''}${elmWords(ret.expression)}`] : []),
    ...by.map(({ direction, expression }) => `sort by ${expression ? elmWords(expression) : '$this'} ${String(direction)}`),
  ].join(' ')
}
