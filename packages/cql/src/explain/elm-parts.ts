/** An ELM node as JSON; what is not there is undefined. */
export type Elm = Readonly<Record<string, unknown>>

export const isElm = (value: unknown): value is Elm => typeof value === 'object' && value !== null && !Array.isArray(value)
export const operandsOf = (node: Elm): Elm[] => [node.operand ?? node.source ?? []].flat().filter(isElm)
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
export const list = (value: unknown): Elm[] => (Array.isArray(value) ? value.filter(isElm) : [])
export const local = (name: string): string => name.replace(/^\{.*\}/, '')
export const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** Nodes and functions that only change how a value is written. */
const conversion = /^(?:As|Convert|To[A-Z]\w*|to[A-Z]\w*)$/
export const isConversion = (node: Elm): boolean => {
  const name = textOf(node.type) === 'FunctionRef' ? textOf(node.name) : textOf(node.type)
  return conversion.test(name) && operandsOf(node).length === 1
}
export const unconverted = (node: Elm): Elm => (isConversion(node) ? unconverted(operandsOf(node)[0]!) : node)

/** `a and (b and c)` as a, b, c. */
export const chain = (node: Elm, type: string): Elm[] =>
  operandsOf(node).flatMap((operand) => {
    const plain = unconverted(operand)
    return plain.type === type ? chain(plain, type) : [operand]
  })
