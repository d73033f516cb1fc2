import fc from 'fast-check'
import { compiledNodes } from '../compiler/emit.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { drawn } from './draw.fixture.ts'
import { libraryOf, ourOutcomes } from './fhir-engines.fixture.ts'
import { examples, examplesChart, neverRandom, officialNodes } from './node-types.fixture.ts'
import { RandomLibrary } from './random-fhir-elm.fixture.ts'
import { functionDefinitions } from './random-functions.fixture.ts'
import { randomElm } from './random-elm.fixture.ts'

const helpers: ElmLibrary = {
  identifier: { id: 'FHIRHelpers', version: '4.0.1' },
  usings: { def: [] },
  statements: { def: [] },
} as ElmLibrary
const of = (elm: unknown): string | null | undefined => {
  const statements = libraryOf([{ name: 'x', expression: elm as never }])
  const own = { ...statements, statements: { def: statements.statements!.def.filter(({ type }) => type !== 'FunctionDef') } }
  return ourOutcomes(own, helpers, examplesChart, ['x']).texts.get('x')
}

function typesIn(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  if ('type' in value && typeof value.type === 'string') found.add(value.type)
  for (const part of Object.values(value)) typesIn(part, found)
}

describe('nodes of ELM', () => {
  it.each(examples.map(([name, elm, expected]) => ({ name, elm, expected })))('$name gives what it should', ({ elm, expected }) => {
    expect(of(elm)).toBe(expected)
  })

  const found = new Set<string>()
  beforeAll(() => {
    const runs = { numRuns: 1_500, seed: 20_260_615 }
    typesIn(functionDefinitions, found)
    typesIn(fc.sample(randomElm, runs), found)
    typesIn(
      fc.sample(
        drawn(300, (draw) => new RandomLibrary(draw).definitions),
        runs,
      ),
      found,
    )
  })

  it('that official measures use are all among the random expressions beside cql-execution', () => {
    expect(officialNodes).toHaveLength(106)
    expect(officialNodes.filter((name) => !found.has(name))).toEqual([])
    // A node without a test is seen: this one is no ELM.
    expect(found.has('Frobnicate')).toBe(false)
  })

  it('that are never random are listed, each with its reason', () => {
    const listed = Object.values(neverRandom).flatMap((names) => names.split(' '))
    expect([...compiledNodes].filter((name) => !found.has(name)).sort()).toEqual(listed.sort())
  })
})
