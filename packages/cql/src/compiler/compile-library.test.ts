import fc from 'fast-check'
import { CompileError } from '../elm/compile-error.ts'
import { findByIdentifier } from '../elm/linked-library.ts'
import type { FhirLibrary } from '../package/measure-package.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { starterPackages } from '../starter-packages.fixture.ts'
import { compileLibrary } from './compile-library.ts'
import { openCompiler } from './compiler.ts'
import { evaluateLibrary } from './evaluate-library.ts'

const system = (name: string): string => `{urn:hl7-org:elm-types:r1}${name}`
const integer = (value: number): object => ({ type: 'Literal', valueType: system('Integer'), value: String(value) })
const expression = (node: unknown): ElmLibrary =>
  library('T', { statements: { def: [{ name: 'x', context: 'Patient', expression: node }] } })
const library = (id: string, parts: object): ElmLibrary => ({ identifier: { id }, ...parts })
const moment = { now: Date.UTC(2026, 0, 1), offsetMinutes: 0 }
const value = (node: unknown): unknown => {
  const outcome = evaluateLibrary(expression(node), moment).get('x')!
  return outcome.ok ? outcome.value : outcome.error
}
const refusal = (make: () => unknown): string => {
  try {
    make()
  } catch (error) {
    if (error instanceof CompileError) return error.message
    throw error
  }
  return 'compiled'
}

describe('compiling a library', () => {
  it('computes only what is asked', () => {
    const overflow = { type: 'Message', source: { type: 'Null' }, condition: bool(true), severity: text('Error'), message: text('never') }
    const divided = { type: 'If', condition: bool(false), then: overflow, else: integer(7) }
    expect(value(divided)).toBe(7)
    expect(value({ type: 'And', operand: [bool(false), overflow] })).toBe(false)
    expect(value({ type: 'Coalesce', operand: [integer(1), overflow] })).toBe(1)
  })

  it('has three truth values', () => {
    const none = { type: 'As', asType: system('Boolean'), operand: { type: 'Null' } }
    expect(value({ type: 'Or', operand: [none, bool(true)] })).toBe(true)
    expect(value({ type: 'Or', operand: [none, bool(false)] })).toBeNull()
    expect(value({ type: 'And', operand: [none, bool(false)] })).toBe(false)
    expect(value({ type: 'Implies', operand: [none, bool(false)] })).toBeNull()
    expect(value({ type: 'Not', operand: none })).toBeNull()
  })

  it('knows the type of what is in a part of a list', () => {
    const tuple = (a: number): object => ({ type: 'Tuple', element: [{ name: 'a', value: integer(a) }] })
    const rest = { type: 'Slice', source: list(tuple(1), tuple(2)), startIndex: integer(1), endIndex: { type: 'Null' } }
    const a = { type: 'Property', path: 'a', source: { type: 'AliasRef', name: 'T' } }
    expect(value({ type: 'Query', source: [{ alias: 'T', expression: rest }], return: { expression: a } })).toEqual([2])
  })

  it('goes over no rows where one of several sources is single and unknown', () => {
    const unknown = { type: 'As', asType: system('Integer'), operand: { type: 'Null' } }
    const source = (alias: string, of: object): object => ({ alias, expression: of })
    const sum = { type: 'Add', operand: ['A', 'B'].map((name) => ({ type: 'AliasRef', name })) }
    const sums = (a: object, b: object): unknown =>
      value({ type: 'Query', source: [source('A', a), source('B', b)], return: { expression: sum } })
    expect(sums(integer(1), list(integer(2), integer(3)))).toEqual([3, 4])
    expect(sums(unknown, list(integer(2)))).toEqual([])
    expect(sums(list(integer(2)), unknown)).toEqual([])
    expect(sums(unknown, integer(2))).toBeNull()
  })

  it('lets no text of ELM into the source', () => {
    const hostile = '"]; throw new Error("in"); //\u2028`${1}'
    const alias = {
      type: 'Query',
      source: [{ alias: hostile, expression: list(text(hostile)) }],
      return: { expression: { type: 'AliasRef', name: hostile } },
    }
    expect(value(alias)).toEqual([hostile])
    expect(
      value({ type: 'Property', path: '__proto__', source: { type: 'Tuple', element: [{ name: '__proto__', value: integer(1) }] } }),
    ).toBe(1)
  })

  it('refuses attributes that ELM does not know, and libraries of another FHIR', () => {
    const refused = (node: unknown, parts: object = {}): string =>
      refusal(() => evaluateLibrary({ ...expression(node), ...parts } as ElmLibrary, moment))
    const interval = { type: 'Interval', low: integer(1), high: integer(2), lowClosed: 'false', highClosed: true }
    expect(refused({ type: 'Start', operand: interval })).toBe('T."x", Interval: Its lowClosed is "false"; it can be true, false.')
    expect(refused({ type: 'Start', operand: { ...interval, lowClosed: null } })).toBe('compiled')
    const sort = (direction: string): object => ({ type: 'Sort', source: list(integer(1)), by: [{ type: 'ByDirection', direction }] })
    expect(refused(sort('downwards'))).toBe(
      'T."x", ByDirection: Its direction is "downwards"; it can be "asc", "ascending", "desc", "descending".',
    )
    expect(refused(sort('descending'))).toBe('compiled')
    const sameAs = (precision: string): object => ({ type: 'SameAs', precision, operand: [{ type: 'Now' }, { type: 'Now' }] })
    expect(refused(sameAs('Fortnight'))).toMatch(/^T."x", SameAs: Its precision is "Fortnight"; it can be "Year", /)
    expect(refused(sameAs('Day'))).toBe('compiled')
    const visits = { type: 'Retrieve', dataType: '{http://hl7.org/fhir}Encounter' }
    expect(refused({ ...visits, codeComparator: 'banana' })).toMatch(/^T."x", Retrieve: Its codeComparator is "banana"; it can be "in", /)
    const seen = { statements: { def: [{ name: 'x', context: 'Practitioner', expression: visits }] } }
    const each = 'T."x", ExpressionDef: It is about each Practitioner (context Practitioner); a measure is computed for each Patient.'
    expect(refused(visits, seen)).toBe(each)
    expect(refused(visits, { statements: { def: [{ name: 'x', context: 'Practitioner', expression: integer(1) }] } })).toBe(each)
    expect(refused(visits, { statements: { def: [{ name: 'x', context: 'Unfiltered', expression: integer(1) }] } })).toBe('compiled')
    const using = (version: string): object => ({ usings: { def: [{ localIdentifier: 'FHIR', uri: 'http://hl7.org/fhir', version }] } })
    expect(refused(integer(1), using('3.0.0'))).toBe(
      'T, UsingDef: It is written for FHIR 3.0.0, and records are FHIR R4 (4.0.1). Translate its CQL with FHIR 4.0.1.',
    )
    expect(refused(integer(1), using('4.0.1'))).toBe('compiled')
  })

  it('says where and why it refuses', () => {
    const refused = (node: unknown): string => refusal(() => evaluateLibrary(expression(node), moment))
    expect(refused({ type: 'Frobnicate' })).toBe(
      'T."x", Frobnicate: There is no such node in ELM (CQL 1.5). Translate the CQL again with a current translator.',
    )
    expect(refused({ type: 'Search' })).toBe('T."x", Search: This node is not supported.')
    expect(refused({ type: 'Add', operand: [integer(1)] })).toMatch(/^T."x", Add: It takes 2 operands/)
    expect(refused({ type: 'ExpressionRef', name: 'y' })).toBe('T."x", ExpressionRef: There is no definition "y" in T.')
    expect(refused({ type: 'ExpressionRef', name: 'x' })).toBe('T."x", ExpressionRef: "x" refers to itself through what it uses.')
    expect(refused({ type: 'FunctionRef', name: 'f', libraryName: 'L', operand: [] })).toBe(
      'T."x", FunctionRef: No library is included as L.',
    )
    expect(refused({ type: 'Count', source: null })).toBe('T."x", Count: A part of it is missing.')
    expect(refused({ type: 'PositionOf', pattern: text('a') })).toMatch(/^T."x", PositionOf: It takes 2 operands/)
    expect(refused({ type: 'IndexOf', source: [], element: integer(1) })).toBe('T."x", IndexOf: Each part of it is one expression.')
    expect(refused(undefined)).toBe('T."x", ExpressionDef: A part of it is missing.')
    let deep: object = { type: 'Null' }
    for (let depth = 0; depth < 100_000; depth++) deep = { type: 'IsNull', operand: deep }
    expect(refused(deep)).toMatch(/^T.*: Expressions are nested deeper than/)
  })

  it('refuses to ask for the records of everybody', () => {
    const retrieve = { type: 'Retrieve', dataType: '{http://hl7.org/fhir}Encounter' }
    const everybody = library('T', { statements: { def: [{ name: 'x', context: 'Unfiltered', expression: retrieve }] } })
    expect(refusal(() => evaluateLibrary(everybody, moment))).toMatch(/^T."x", Retrieve: It asks for the records of everybody/)
  })

  it('takes equal elements of a record for the same', () => {
    const concept = { coding: [{ system: 's', code: 'c' }] }
    const encounter = {
      resourceType: 'Encounter',
      id: 'e',
      type: [concept, JSON.parse(JSON.stringify(concept)), { coding: [{ system: 's', code: 'd' }] }],
    }
    const source = { type: 'Query', source: [{ alias: 'E', expression: { type: 'Retrieve', dataType: '{http://hl7.org/fhir}Encounter' } }] }
    const types = {
      type: 'Flatten',
      operand: { ...source, return: { distinct: false, expression: { type: 'Property', scope: 'E', path: 'type' } } },
    }
    const compiled = compileLibrary(expression({ type: 'Distinct', operand: types }), { find: () => undefined })
    const evaluation = compiled.begin({ chartId: 'c', unsorted: null, buckets: [[encounter]] }, moment)
    expect(evaluation.evaluate('x')).toEqual([concept, { coding: [{ system: 's', code: 'd' }] }])
  })

  it('refuses libraries that are missing or include each other', () => {
    const including = (id: string, path: string): ElmLibrary => library(id, { includes: { def: [{ localIdentifier: path, path }] } })
    const [a, b] = [including('A', 'B'), including('B', 'A')]
    expect(refusal(() => compileLibrary(a, { find: findByIdentifier([a, b]) }))).toBe(
      'B, IncludeDef: Libraries include each other in a circle: A > B > A.',
    )
    expect(refusal(() => compileLibrary(a, { find: () => undefined }))).toBe('A, IncludeDef: The included library B is missing.')
  })

  it('compiles or refuses whatever a package holds', async () => {
    const packages = [...(await starterPackages()).values()]
    fc.assert(
      fc.property(fc.constantFrom(...packages), fc.infiniteStream(fc.nat()), (pkg, random) => {
        const next = (below: number): number => (random.next().value as number) % below
        const bundle = structuredClone(pkg.bundle)
        const [held] = bundle.entry.flatMap(({ resource }) => (resource.resourceType === 'Library' ? [resource as FhirLibrary] : []))
        const content = held!.content.find(({ contentType }) => contentType === 'application/elm+json') as { data: string }
        const elm = JSON.parse(Buffer.from(content.data, 'base64').toString()) as { library: { statements: unknown } }
        const nodes = objectsIn(elm.library.statements)
        for (let change = 0; change < 4; change++) {
          const node = nodes[next(nodes.length)]!
          const part = Object.keys(node)[next(Object.keys(node).length)]!
          node[part] = [null, 1, 'x', [], {}, structuredClone(nodes[next(nodes.length)])][next(6)]
        }
        content.data = Buffer.from(JSON.stringify(elm)).toString('base64')
        expect(typeof refusal(() => openCompiler().load({ ...pkg, bundle }))).toBe('string')
      }),
      { numRuns: 30 },
    )
  }, 120_000)
})

const bool = (truth: boolean): object => ({ type: 'Literal', valueType: system('Boolean'), value: String(truth) })
const text = (words: string): object => ({ type: 'Literal', valueType: system('String'), value: words })
const list = (...element: object[]): object => ({ type: 'List', element })
const objectsIn = (root: unknown): Record<string, unknown>[] =>
  typeof root !== 'object' || root === null
    ? []
    : [...(Array.isArray(root) ? [] : [root as Record<string, unknown>]), ...Object.values(root).flatMap(objectsIn)]
