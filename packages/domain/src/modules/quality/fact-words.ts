import { unitWords } from '#shared/unit-words'

/** What a person reads of a record that decided something. */
export interface FactWords {
  readonly text: string | null
  /** FHIR date as the source wrote it, to the day at most. */
  readonly on: string | null
  readonly value: string | null
  readonly status: string | null
}

export type Json = { readonly [name: string]: unknown }

/** A FHIR resource, parsed, in a line: what, when, how much. */
export function factWords(resource: Json): FactWords {
  return {
    text: conceptWords(first(resource, ['code', 'medicationCodeableConcept', 'vaccineCode', 'type', 'class'])),
    on: dateWords(first(resource, DATES)),
    value: valueWords(resource) ?? pressureWords(resource['component']) ?? componentWords(resource['component']),
    status: text(resource['status']),
  }
}

/** A FHIR resource, parsed, as a sentence names it: `Hemoglobin A1c, 9.6 %, 2025-05-06`. */
export function recordName(resource: Json): string {
  const { text: what, on, value, status } = factWords(resource)
  return [what ?? text(resource['resourceType']), value ?? status, on].filter((part) => part !== null).join(', ')
}

/** In the order in which one says when it was. */
const DATES = [
  ...['effectiveDateTime', 'effectivePeriod', 'performedDateTime', 'performedPeriod', 'period', 'onsetDateTime', 'onsetPeriod'],
  ...['authoredOn', 'occurrenceDateTime', 'recordedDate', 'issued', 'birthDate'],
]

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const first = (resource: Json, names: readonly string[]): unknown =>
  names.map((name) => resource[name]).find((value) => value !== undefined)

/** The concept's own text says most; a name of its codes comes next. */
function conceptWords(value: unknown): string | null {
  const concept: unknown = Array.isArray(value) ? value[0] : value
  if (!isJson(concept)) return null
  const codings = codingsOf(concept)
  return (
    text(concept['text']) ??
    codings.map(({ display }) => text(display)).find((name) => name !== null) ??
    codings.map(({ code }) => text(code)).find((code) => code !== null) ??
    null
  )
}

const codingsOf = (concept: unknown): Json[] =>
  isJson(concept) ? (Array.isArray(concept['coding']) ? concept['coding'] : [concept]).filter(isJson) : []

const dateWords = (value: unknown): string | null =>
  (isJson(value) ? (text(value['start']) ?? text(value['end'])) : text(value))?.slice(0, 10) ?? null

function unitOf(quantity: Json): string | null {
  const unit = text(quantity['unit']) ?? text(quantity['code'])
  return unit && unitWords(unit)
}

function valueWords(of: Json): string | null {
  const quantity = of['valueQuantity']
  if (isJson(quantity) && typeof quantity['value'] === 'number')
    return [text(quantity['comparator']), String(quantity['value']), unitOf(quantity)].filter((part) => part !== null).join(' ')
  const plain = of['valueString'] ?? of['valueInteger'] ?? of['valueBoolean'] ?? of['valueDateTime']
  return conceptWords(of['valueCodeableConcept']) ?? (['string', 'number', 'boolean'].includes(typeof plain) ? String(plain) : null)
}

/** LOINC: systolic, diastolic. */
const PRESSURES = ['8480-6', '8462-4']

/** A blood pressure as everybody writes it, where it is one in one unit. */
function pressureWords(components: unknown): string | null {
  if (!Array.isArray(components)) return null
  const [systolic, diastolic] = PRESSURES.map((code) => {
    const quantity = components.filter(isJson).find((one) => codingsOf(one['code']).some((coding) => coding['code'] === code))?.[
      'valueQuantity'
    ]
    return isJson(quantity) && typeof quantity['value'] === 'number' ? quantity : undefined
  })
  if (!systolic || !diastolic || unitOf(systolic) !== unitOf(diastolic)) return null
  return [`${String(systolic['value'])}/${String(diastolic['value'])}`, unitOf(systolic)].filter((part) => part !== null).join(' ')
}

/** A panel's parts. */
function componentWords(components: unknown): string | null {
  if (!Array.isArray(components)) return null
  const parts = components.filter(isJson).flatMap((one) => {
    const value = valueWords(one)
    return value === null ? [] : [[conceptWords(one['code']), value].filter((part) => part !== null).join(' ')]
  })
  return parts.length > 0 ? parts.join(', ') : null
}
