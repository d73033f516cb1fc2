import cql from 'cql-execution'
import { FHIRWrapper } from 'cql-exec-fhir'
import { compileLibrary } from '../compiler/compile-library.ts'
import { CqlDateTime, Interval, Precision } from '../runtime/values.ts'
import { CodeSet } from '../fhir/code-set.ts'
import { CanonicalUrls } from '../fhir/canonical-urls.ts'
import { readChart } from '../fhir/chart-reader.ts'
import { RetrieveIndex } from '../fhir/retrieve-index.ts'
import { RetrievePlans } from '../fhir/retrieve-plans.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { ourText, referenceText } from './engine-values.fixture.ts'
import { plainOf, type Plain } from './plain/plain-value.fixture.ts'
import { codes, SYSTEM, urlOf, valueSets } from './random-chart.fixture.ts'
import type { RandomDefinition } from './random-fhir-elm.fixture.ts'
import { functionDefinitions } from './random-functions.fixture.ts'

type Json = Record<string, unknown>

const patientDefinition = {
  ...{ name: 'Patient', context: 'Patient', accessLevel: 'Public' },
  expression: {
    type: 'SingletonFrom',
    operand: { type: 'Retrieve', dataType: '{http://hl7.org/fhir}Patient', templateId: 'http://hl7.org/fhir/StructureDefinition/Patient' },
  },
}
const point = { type: 'NamedTypeSpecifier', name: '{urn:hl7-org:elm-types:r1}DateTime' }

export function libraryOf(definitions: readonly Omit<RandomDefinition, 'type'>[]): ElmLibrary {
  return {
    identifier: { id: 'Random', version: '1' },
    schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
    usings: {
      def: [
        { localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' },
        { localIdentifier: 'FHIR', uri: 'http://hl7.org/fhir', version: '4.0.1' },
      ],
    },
    includes: { def: [{ localIdentifier: 'FHIRHelpers', path: 'FHIRHelpers', version: '4.0.1' }] },
    parameters: {
      def: [
        { name: 'Measurement Period', accessLevel: 'Public', parameterTypeSpecifier: { type: 'IntervalTypeSpecifier', pointType: point } },
      ],
    },
    codeSystems: { def: [{ name: 'System', id: SYSTEM, accessLevel: 'Public' }] },
    valueSets: { def: Object.keys(valueSets).map((name) => ({ name, id: urlOf(name), accessLevel: 'Public' })) },
    codes: { def: codes.map((code) => ({ name: code, id: code, accessLevel: 'Public', codeSystem: { name: 'System' } })) },
    concepts: { def: [{ name: 'Both', accessLevel: 'Public', code: [{ name: 'a' }, { name: 'd' }] }] },
    statements: {
      def: [
        patientDefinition,
        ...(functionDefinitions.map((one) => ({ ...one, context: 'Patient', accessLevel: 'Public' })) as never[]),
        ...definitions.map(({ name, expression }) => ({ name, context: 'Patient', accessLevel: 'Public', expression })),
      ],
    },
  }
}

/** What each definition gives for a chart, null for one that failed. */
export type Outcomes = ReadonlyMap<string, string | null>
/** And the values of those that did not fail. */
export interface OurOutcomes {
  readonly texts: Outcomes
  readonly values: ReadonlyMap<string, Plain>
}

const year = { low: Date.UTC(2026, 0, 1), high: Date.UTC(2026, 11, 31) }

export function ourOutcomes(library: ElmLibrary, helpers: ElmLibrary, chart: readonly Json[], names: readonly string[]): OurOutcomes {
  const plans = new RetrievePlans(new CanonicalUrls())
  const sets = new Map(
    Object.entries(valueSets).map(([name, members]) => [
      urlOf(name),
      new CodeSet(
        urlOf(name),
        members.map((code) => ({ system: SYSTEM, code, display: '' })),
      ),
    ]),
  )
  const compiled = compileLibrary(library, {
    find: (path) => (path === 'FHIRHelpers' ? helpers : undefined),
    codeSets: (url) => sets.get(url) ?? null,
    plans,
    definitions: names,
  })
  const record = readChart(
    { id: 'chart', resources: chart.map((resource) => JSON.stringify(resource)) },
    new RetrieveIndex(compiled.plans, plans.claims),
  )
  const at = (day: number, ms: number): CqlDateTime => new CqlDateTime(day / 86_400_000, ms, Precision.Millisecond, 0)
  const period = new Interval(at(year.low, 0), at(year.high, 86_399_999), true, true)
  const evaluation = compiled.begin(record, {
    now: Date.UTC(2026, 5, 15, 10, 30),
    offsetMinutes: 0,
    parameters: { 'Measurement Period': period },
  })
  const texts = new Map<string, string | null>()
  const values = new Map<string, Plain>()
  for (const name of names) {
    try {
      const value: unknown = evaluation.evaluate(name)
      texts.set(name, ourText(value))
      values.set(name, plainOf(value))
    } catch {
      // Failing is an answer here, whatever the words.
      texts.set(name, null)
    }
  }
  return { texts, values }
}

const wrapper = FHIRWrapper.FHIRv401()
const wrap = (resource: Json): object => wrapper.wrap(resource)
const service = new cql.CodeService(
  Object.fromEntries(
    Object.entries(valueSets).map(([name, members]) => [
      urlOf(name),
      { '': members.map((code) => ({ system: SYSTEM, code, version: '' })) },
    ]),
  ) as never,
)

/** The chart for cql-execution, by cql-exec-fhir: retrieves ask for a type, the engine filters by code. */
function records(chart: readonly Json[]): object {
  const known = chart.map((resource) => ({ type: resource.resourceType, record: wrap(resource) }))
  return {
    findRecords: (_profile: string, { datatype }: { datatype: string }) =>
      known.filter(({ type }) => datatype === `{http://hl7.org/fhir}${String(type)}`).map(({ record }) => record),
  }
}

export async function referenceOutcomes(
  library: ElmLibrary,
  helpers: ElmLibrary,
  chart: readonly Json[],
  names: readonly string[],
): Promise<Outcomes> {
  const helping = new cql.Library({ library: helpers } as never)
  const reference = new cql.Library({ library } as never, { resolve: () => helping } as never)
  const moment = (text: string): cql.DateTime => cql.DateTime.parse(text) ?? (undefined as never)
  const period = new cql.Interval(moment('2026-01-01T00:00:00.000+00:00'), moment('2026-12-31T23:59:59.999+00:00'), true, true)
  const context = new cql.PatientContext(
    reference,
    records(chart) as never,
    service as never,
    { 'Measurement Period': period },
    moment('2026-06-15T10:30:00.000+00:00'),
  )
  const expressions = reference.expressions as Readonly<Record<string, { execute(context: unknown): Promise<unknown> }>>
  const outcomes = new Map<string, string | null>()
  for (const name of names) {
    try {
      outcomes.set(name, referenceText(await expressions[name]!.execute(context)))
    } catch {
      // Failing is an answer here, whatever the words.
      outcomes.set(name, null)
    }
  }
  return outcomes
}
