import { fhirConversions, type Conversion } from './fhir-model.ts'

/**
 * The conversion library that the FHIR model info names, written from its conversionInfo entries:
 * one function per entry, so that translated CQL can go from FHIR elements to System types.
 */
export const fhirHelpers = (): string =>
  [
    "library FHIRHelpers version '4.0.1'",
    "using FHIR version '4.0.1'",
    'context Unfiltered',
    ...fhirConversions().map(conversionFunction),
    '',
  ].join('\n\n')

function conversionFunction(conversion: Conversion): string {
  const name = conversion.functionName.replace('FHIRHelpers.', '')
  return `define function ${name}(value ${conversion.fromType.replace(/\.(\w+)$/, '."$1"')}):\n  ${structured[conversion.fromType] ?? 'value.value'}`
}

const code = (from: string): string =>
  `System.Code { code: ${from}.code.value, system: ${from}.system.value, version: ${from}.version.value, display: ${from}.display.value }`

/** Types that are more than a primitive with a `value`. */
const structured: Record<string, string> = {
  'FHIR.Coding': `if value is null then null else ${code('value')}`,
  'FHIR.CodeableConcept': `if value is null then null else System.Concept { codes: value.coding C return all ${code('C')}, display: value.text.value }`,
  // A quantity with a comparator ("< 5") is a bound, not a value; the unit is the coded one where there is one.
  'FHIR.Quantity': `if value.value is null or value.comparator is not null then null
  else System.Quantity { value: value.value.value, unit: Coalesce(value.code.value, value.unit.value, '1') }`,
  'FHIR.Ratio':
    'if value is null then null else System.Ratio { numerator: ToQuantity(value.numerator), denominator: ToQuantity(value.denominator) }',
  // An absent start is unknown (open boundary), an absent end is "still going on" (closed boundary): FHIR R4, Period.
  'FHIR.Period': `if value is null then null
  else if value."start" is null then Interval(value."start".value, value."end".value]
  else Interval[value."start".value, value."end".value]`,
  'FHIR.Range': 'if value is null then null else Interval[ToQuantity(value.low), ToQuantity(value.high)]',
}
