import { isPlainObject, type Plain, type PlainObject } from '../scoring/plain.ts'

const mostItems = 8

/** What people call a record (`Type/id`), where somebody knows. */
export type NameOf = (reference: string) => string | undefined

const unnamed: NameOf = () => undefined

/** A value in words: yes, no, unknown, dates, quantities, records by the name somebody has for them, else by id with what and when. */
export function valueWords(value: Plain | undefined, nameOf: NameOf = unnamed): string {
  if (value === undefined || value === null) return 'unknown'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return dateWords(value)
  if (!isPlainObject(value)) return listWords(value as readonly Plain[], nameOf)
  return objectWords(value, nameOf)
}

function listWords(items: readonly Plain[], nameOf: NameOf): string {
  if (items.length === 0) return 'none'
  const shown = items
    .slice(0, mostItems)
    .map((item) => valueWords(item, nameOf))
    .join('; ')
  return `${items.length}: ${shown}${items.length > mostItems ? `; and ${items.length - mostItems} more` : ''}`
}

function objectWords(value: PlainObject, nameOf: NameOf): string {
  if (typeof value.resourceType === 'string') return nameOf(`${value.resourceType}/${textOf(value.id)}`) ?? resourceWords(value)
  if ('low' in value || 'high' in value) return `${valueWords(value.low)} to ${valueWords(value.high)}`
  if ('start' in value || 'end' in value) return `${valueWords(value.start ?? null)} to ${valueWords(value.end ?? null)}`
  if ('value' in value && ('unit' in value || 'code' in value))
    return `${valueWords(value.value)} ${textOf(value.unit) || textOf(value.code)}`.trim()
  if ('coding' in value || 'codes' in value) return codeWords(value)
  if (typeof value.code === 'string') return textOf(value.display) || value.code
  if (typeof value.reference === 'string') return nameOf(value.reference) ?? value.reference
  if ('value' in value) return valueWords(value.value, nameOf)
  return Object.entries(value)
    .filter(([, part]) => part !== null && part !== undefined)
    .map(([name, part]) => `${name} ${valueWords(part, nameOf)}`)
    .join(', ')
}

/** `Observation/7 (4548-4, 2026-05-01, 9.3 %, final)`. */
function resourceWords(resource: PlainObject): string {
  const part = (...names: readonly string[]): Plain | undefined => names.map((name) => resource[name]).find((found) => found !== undefined)
  const facts = [
    codeWords(part('code', 'medicationCodeableConcept', 'vaccineCode', 'type', 'class')),
    dateOf(
      part(
        'effectiveDateTime',
        'effectivePeriod',
        'performedDateTime',
        'performedPeriod',
        'period',
        'onsetDateTime',
        'authoredOn',
        'recordedDate',
        'occurrenceDateTime',
        'birthDate',
      ),
    ),
    valueOf(part('valueQuantity', 'valueCodeableConcept', 'valueString', 'valueInteger', 'valueBoolean', 'gender')),
    part('doNotPerform') === true ? 'not to be done' : '',
    textOf(part('status')),
  ]
  return `${textOf(resource.resourceType)}/${textOf(resource.id)} (${facts.filter(Boolean).join(', ')})`
}

function codeWords(value: Plain | undefined): string {
  if (Array.isArray(value)) return codeWords((value as readonly Plain[])[0])
  if (!isPlainObject(value)) return ''
  const [first] = [value.coding ?? value.codes ?? value].flat() as Plain[]
  return textOf(value.text) || (isPlainObject(first) ? textOf(first.display) || textOf(first.code) : '')
}

const dateOf = (value: Plain | undefined): string => (value === undefined ? '' : valueWords(value))
const valueOf = (value: Plain | undefined): string =>
  value === undefined ? '' : (isPlainObject(value) && 'value' in value ? '' : codeWords(value)) || valueWords(value)
const textOf = (value: Plain | undefined): string => (typeof value === 'string' ? value : '')

/** Midnight and seconds say nothing to people. */
const dateWords = (text: string): string =>
  /^\d{4}-\d{2}-\d{2}T/.test(text)
    ? text
        .replace(/T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?$/, '')
        .replace(/(T\d{2}:\d{2}):\d{2}(?:\.\d+)?/, '$1')
        .replace('T', ' ')
    : text
