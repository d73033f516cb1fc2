import type { ElmDefinition, ElmLibrary } from '../front-end/translation.ts'
import { chain, isElm, list, local, operandsOf, spaced, textOf, type Elm } from './elm-parts.ts'
import { relationshipWords, wordsOf } from './expression-words.ts'
import { inOtherForm } from './other-forms.ts'

/** The logic of a measure as a tree of questions, each with the probe that answers it. */
export interface Sketch {
  readonly words: string
  /** Name of the definition of the measure's own library that gives the value. */
  readonly probe: string
  readonly parts: readonly Sketch[]
  /** Of a query the probe that tells of each item which conditions it meets. */
  readonly items: { readonly probe: string; readonly conditions: readonly string[] } | null
  /** Cases in order: what comes after the first that holds was not asked. */
  readonly isChoice?: true
  /** Of a case what it leads to, where it holds. */
  readonly leadsTo?: Sketch
}

/** Libraries with probes in them: definitions that give the value of an expression inside another definition. */
export interface Probed {
  readonly libraries: readonly ElmLibrary[]
  /** Of each criterion its logic. */
  readonly sketches: ReadonlyMap<string, Sketch>
  readonly probes: readonly string[]
}

/** Deeper logic is shown by its value only. */
const deepest = 40

/**
 * Draws the logic behind criteria of the first library. ELM is put to work on itself: each expression that is worth a line becomes a
 * definition of its own, so that any engine can be asked for its value.
 */
export function sketch(libraries: readonly ElmLibrary[], criteria: readonly string[]): Probed {
  const added = libraries.map((): ElmDefinition[] => [])
  const bridges: ElmDefinition[] = []
  const includes: { localIdentifier: string; path: string }[] = []
  const probes: string[] = []
  const drawn = new Set<ElmDefinition>()

  const find = (from: ElmLibrary, alias: string): ElmLibrary | undefined => {
    if (alias === '') return from
    const path = from.includes?.def.find(({ localIdentifier }) => localIdentifier === alias)?.path ?? alias
    return libraries.find(({ identifier }) => identifier.id === path.slice(path.lastIndexOf('/') + 1))
  }
  /** A definition with this expression in its library, and in the own library one that leads to it. */
  const probe = (library: ElmLibrary, expression: object): string => {
    const name = `? ${probes.length + 1}`
    const index = libraries.indexOf(library)
    added[index]!.push(define(name, expression))
    if (index > 0) {
      const localIdentifier = `? library ${index}`
      if (!includes.some((include) => include.localIdentifier === localIdentifier))
        includes.push({ localIdentifier, path: library.identifier.id })
      bridges.push(define(name, { type: 'ExpressionRef', name, libraryName: localIdentifier }))
    }
    probes.push(name)
    return name
  }
  const leaf = (library: ElmLibrary, words: string, expression: object): Sketch => ({
    words,
    probe: probe(library, expression),
    parts: [],
    items: null,
  })

  const definition = (library: ElmLibrary, name: string, depth: number): Sketch | null => {
    const found = library.statements?.def.find((one) => one.name === name && one.type !== 'FunctionDef')
    if (!found || !isElm(found.expression)) return null
    const words = `"${name}"${library === libraries[0] ? '' : ` (${library.identifier.id})`}`
    const reference = { type: 'ExpressionRef', name }
    if (drawn.has(found)) return leaf(library, `${words}, see above`, reference)
    drawn.add(found)
    const body = expression(library, found.expression, depth + 1)
    // A definition that only names another needs no line between.
    return { ...leaf(library, words, reference), parts: [body] }
  }
  const expression = (library: ElmLibrary, node: Elm, depth: number): Sketch => {
    const about = inOtherForm(node, wordsOf)
    if (about && isTelling(about)) return expression(library, about, depth)
    const type = textOf(node.type)
    const draw = (part: Elm): Sketch => expression(library, part, depth + 1)
    const plain = (): Sketch => leaf(library, wordsOf(node), node)
    if (depth > deepest) return plain()
    if (type === 'ExpressionRef') {
      const target = find(library, textOf(node.libraryName))
      return (target && definition(target, textOf(node.name), depth)) ?? plain()
    }
    const operands = operandsOf(node)
    if (type === 'And' || type === 'Or') {
      const words = type === 'And' ? 'all of' : 'any of'
      return { ...leaf(library, words, node), parts: chain(node, type).map(draw) }
    }
    if (type === 'Not' && operands[0]?.type === 'IsNull') return leaf(library, `${wordsOf(operandsOf(operands[0])[0])} is known`, node)
    if (type === 'Not') return { ...leaf(library, 'not', node), parts: operands.map(draw) }
    if (type === 'Exists') return { ...leaf(library, 'there is at least one of', node), parts: operands.map(draw) }
    if (type === 'Implies' || type === 'Xor') return { ...leaf(library, wordsOf(node), node), parts: operands.map(draw) }
    if (type === 'Union') return { ...leaf(library, 'all of these together', node), parts: chain(node, type).map(draw) }
    if (type === 'Intersect' || type === 'Except')
      return { ...leaf(library, type === 'Except' ? 'the first without the others' : 'in all of', node), parts: operands.map(draw) }
    if (type === 'Query') return query(library, node, depth)
    const cases = casesOf(node)
    if (cases) {
      const parts = cases.map(({ when, then }) => {
        const line = when ? leaf(library, `when ${wordsOf(when)}`, when) : leaf(library, 'otherwise', TRUE)
        return { ...line, parts: when ? [draw(when)] : [], leadsTo: draw(then) }
      })
      return { ...leaf(library, 'the first case that applies', node), parts, isChoice: true }
    }
    const telling = operands.filter(isTelling)
    if (type === 'FunctionRef' && telling.length === 1 && operands.length === 1) {
      return { ...leaf(library, `the ones left by "${spaced(textOf(node.name))}"`, node), parts: telling.map(draw) }
    }
    if (type === 'FunctionRef' || passing.has(type)) return { ...plain(), parts: telling.map(draw) }
    if (comparing.has(type))
      return {
        ...plain(),
        parts: operands.filter((operand) => !isFixed(operand)).map((operand) => leaf(library, wordsOf(operand), operand)),
      }
    return plain()
  }
  const query = (library: ElmLibrary, node: Elm, depth: number): Sketch => {
    const sources = list(node.source)
    const called = new Map(
      [...sources, ...list(node.relationship)].map(({ alias, expression: items }) => [
        textOf(alias),
        kindOf(library, items) ?? textOf(alias),
      ]),
    )
    const conditions = conditionsOf(node, called)
    const names = sources.map(({ alias }) => called.get(textOf(alias))).join(' with ')
    const words =
      conditions.length > 0 ? `each ${names} that meets ${conditions.length === 1 ? 'the condition' : 'all conditions'}` : wordsOf(node)
    const parts = sources.map(({ expression: source }) => (isElm(source) ? expression(library, source, depth + 1) : null))
    const items =
      conditions.length === 0 ? null : { probe: probe(library, itemsOf(node, conditions)), conditions: conditions.map((one) => one.words) }
    return { ...leaf(library, words, node), parts: parts.filter((part) => part !== null), items }
  }

  /** What the items of a list are: `observation`; null where that is not plain. */
  const kindOf = (library: ElmLibrary, items: unknown, depth = 0): string | null => {
    if (!isElm(items) || depth > deepest) return null
    if (items.type === 'Retrieve') return spaced(local(textOf(items.dataType)))
    if (items.type === 'ExpressionRef') {
      const target = find(library, textOf(items.libraryName))
      const found = target?.statements?.def.find(({ name, type }) => name === items.name && type !== 'FunctionDef')
      return target && found ? kindOf(target, found.expression, depth + 1) : null
    }
    if (items.type === 'Query') return isElm(items.return) ? null : kindOf(library, list(items.source)[0]?.expression, depth + 1)
    const kinds = new Set(operandsOf(items).flatMap((operand) => kindOf(library, operand, depth + 1) ?? []))
    return /^(?:Union|Except|Intersect|FunctionRef)$/.test(textOf(items.type)) && kinds.size === 1 ? [...kinds][0]! : null
  }

  const own = libraries[0]!
  const sketches = new Map<string, Sketch>()
  for (const name of criteria) {
    const drawing = sketches.has(name) ? null : definition(own, name, 0)
    if (drawing) sketches.set(name, drawing)
  }
  const probed = libraries.map((library, index) =>
    withStatements(library, index === 0 ? [...added[0]!, ...bridges] : added[index]!, index === 0 ? includes : []),
  )
  return { libraries: probed, sketches, probes }
}

const define = (name: string, expression: object): ElmDefinition =>
  ({ ...{ name, expression, context: 'Patient' }, accessLevel: 'Public' }) as ElmDefinition

const withStatements = (
  library: ElmLibrary,
  definitions: readonly ElmDefinition[],
  includes: readonly { localIdentifier: string; path: string }[],
): ElmLibrary => ({
  ...library,
  ...(includes.length > 0 && { includes: { def: [...(library.includes?.def ?? []), ...includes] } }),
  statements: { def: [...(library.statements?.def ?? []), ...definitions] },
})

const TRUE = { type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}Boolean', value: 'true' }

/** What to say when, in order; null of what is no choice between cases. */
function casesOf({ type, caseItem, comparand, condition, then, else: otherwise }: Elm): { when: Elm | null; then: Elm }[] | null {
  const items = type === 'Case' && comparand === undefined ? list(caseItem) : type === 'If' ? [{ when: condition, then }] : []
  const cases = items.flatMap((item) => (isElm(item.when) && isElm(item.then) ? [{ when: item.when, then: item.then }] : []))
  return cases.length === 0 ? null : [...cases, ...(isElm(otherwise) ? [{ when: null, then: otherwise }] : [])]
}

/** Nodes that hand on lists: what goes in is worth a line. */
const passing = new Set([
  'First',
  'Last',
  'Count',
  'Distinct',
  'Flatten',
  'SingletonFrom',
  'ToList',
  'As',
  'Coalesce',
  'IsNull',
  'Collapse',
])
const comparing = new Set([
  'Greater',
  'GreaterOrEqual',
  'Less',
  'LessOrEqual',
  'Equal',
  'NotEqual',
  'Equivalent',
  'In',
  'IncludedIn',
  'Before',
  'After',
  'SameAs',
  'SameOrBefore',
  'SameOrAfter',
  'Overlaps',
])
const isTelling = ({ type }: Elm): boolean =>
  /^(?:ExpressionRef|Query|Retrieve|Union|Intersect|Except|FunctionRef|First|Last|As|SingletonFrom|Flatten|Distinct)$/.test(textOf(type))
const isFixed = (node: Elm): boolean =>
  /^(?:Literal|Quantity|Null|CodeRef|ValueSetRef|List|Interval|ParameterRef)$/.test(textOf(node.type)) ||
  (/^To[A-Z]/.test(textOf(node.type)) && operandsOf(node).every(isFixed))

interface Condition {
  readonly words: string
  readonly expression: object
}

/** What a query asks of each item: its relationships and the parts of its `where`. */
function conditionsOf(query: Elm, called: ReadonlyMap<string, string>): Condition[] {
  const worded = (node: Elm): Elm => renamed(node, called) as Elm
  const related = list(query.relationship).map((relationship): Condition => {
    const { alias, expression, suchThat, type } = relationship
    const exists = {
      type: 'Exists',
      operand: { type: 'Query', source: [{ alias, expression }], let: [], relationship: [], where: suchThat },
    }
    return { words: relationshipWords(worded(relationship)), expression: type === 'Without' ? { type: 'Not', operand: exists } : exists }
  })
  const where = isElm(query.where) ? (query.where.type === 'And' ? chain(query.where, 'And') : [query.where]) : []
  return [...related, ...where.map((expression) => ({ words: wordsOf(worded(expression)), expression }))]
}

/** The same with `the observation` where the logic has a letter for it. */
function renamed(node: unknown, called: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((one) => renamed(one, called))
  if (!isElm(node)) return node
  const entries = Object.entries(node).map(([key, value]) => {
    const isName = key === 'scope' || key === 'alias' || (key === 'name' && node.type === 'AliasRef')
    const kind = isName ? called.get(textOf(value)) : undefined
    return [key, kind !== undefined && kind !== value ? `the ${kind}` : renamed(value, called)]
  })
  return Object.fromEntries(entries)
}

/** The query without its conditions, giving each item and what it meets. */
function itemsOf(query: Elm, conditions: readonly Condition[]): object {
  const element = [
    ...list(query.source).map(({ alias }, index) => ({ name: `item${index}`, value: { type: 'AliasRef', name: alias } })),
    ...conditions.map(({ expression }, index) => ({ name: `met${index}`, value: expression })),
  ]
  const { source, let: lets } = query
  return { type: 'Query', source, let: lets ?? [], relationship: [], return: { distinct: false, expression: { type: 'Tuple', element } } }
}
