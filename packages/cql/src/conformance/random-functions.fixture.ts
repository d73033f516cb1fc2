import { asType, fhirName } from './fhir-paths.fixture.ts'
import type { ElmJson } from './random-elm.fixture.ts'

export const node = (type: string, parts: Readonly<Record<string, unknown>> = {}): ElmJson => ({ type, ...parts })

/** A call of FHIRHelpers, or of the functions of this library. */
export const call = (name: string, operand: readonly ElmJson[], libraryName: string | null = 'FHIRHelpers'): ElmJson =>
  node('FunctionRef', { name, ...(libraryName ? { libraryName } : {}), operand })

/** As the translator writes a list of concepts in a value set. */
export function anyInValueSet(list: ElmJson, alias: string, valueset: string): ElmJson {
  const expression = call('ToConcept', [node('AliasRef', { name: alias })])
  const source = [{ alias, expression: list }]
  const codes = node('Query', { source, let: [], relationship: [], return: { distinct: false, expression } })
  return node('AnyInValueSet', { codes, valueset: { name: valueset } })
}

/** Sorted by the earliest time that a resource tells of. */
export function sortKey(type: string): ElmJson {
  const element = { Observation: 'effective', Condition: 'onset', Encounter: 'period', Procedure: 'performed' }[type]
  if (!element) return node('Property', { path: 'value', source: node('IdentifierRef', { name: 'authoredOn' }) })
  const item = node('IdentifierRef', { name: element })
  return node('Start', { operand: call(element === 'period' ? 'ToInterval' : 'When', [item], element === 'period' ? 'FHIRHelpers' : null) })
}

const named = (name: string): object => ({ type: 'NamedTypeSpecifier', name: fhirName(name) })
const value = node('OperandRef', { name: 'value' })
const overload = (type: string, expression: ElmJson): object => ({
  name: 'Label',
  type: 'FunctionDef',
  operand: [{ name: 'value', operandTypeSpecifier: named(type) }],
  expression,
})
const unlessNull = (then: ElmJson): ElmJson =>
  node('If', { condition: node('IsNull', { operand: value }), then: asTypeNull('String'), else: then })
const asTypeNull = (type: string): ElmJson => node('As', { operand: node('Null'), asType: fhirName(`System.${type}`) })
const moment = (type: string): ElmJson => call('ToDateTime', [asType(value, type)])
const at = (type: string): object => ({
  when: node('Is', { operand: value, isType: fhirName(type) }),
  then: node('Interval', { low: moment(type), high: moment(type), lowClosed: true, highClosed: true }),
})

/** Functions over choices and with overloads, as official libraries have them. */
export const functionDefinitions: readonly object[] = [
  {
    ...{ name: 'When', type: 'FunctionDef' },
    operand: [
      {
        name: 'value',
        operandTypeSpecifier: {
          type: 'ChoiceTypeSpecifier',
          choice: ['dateTime', 'instant', 'Period', 'Age', 'Range', 'string', 'Timing'].map((name) => named(`FHIR.${name}`)),
        },
      },
    ],
    expression: node('Case', {
      caseItem: [
        at('FHIR.dateTime'),
        at('FHIR.instant'),
        { when: node('Is', { operand: value, isType: fhirName('FHIR.Period') }), then: call('ToInterval', [asType(value, 'FHIR.Period')]) },
      ],
      else: node('As', { operand: node('Null'), asTypeSpecifier: { type: 'IntervalTypeSpecifier', pointType: named('System.DateTime') } }),
    }),
  },
  overload('FHIR.Quantity', unlessNull(call('ToString', [node('Property', { path: 'unit', source: value })]))),
  overload(
    'FHIR.CodeableConcept',
    unlessNull(
      node('Coalesce', {
        operand: [
          call('ToString', [node('Property', { path: 'text', source: value })]),
          node('Literal', { valueType: fhirName('System.String'), value: 'coded' }),
        ],
      }),
    ),
  ),
  overload('FHIR.Coding', unlessNull(call('ToString', [node('Property', { path: 'code', source: value })]))),
]
