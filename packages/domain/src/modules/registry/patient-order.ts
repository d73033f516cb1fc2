import { isDay, isUuid } from '@carecommons/kernel'
import type { SqlBool } from 'kysely'
import { badInput } from '#shared/bad-input'
import { column as named, type Written, written } from '#shared/written'

/** The orders of a registry, by their names in the API. */
export const patientOrders = {
  NAME: { column: 'sort_name', type: 'text', direction: 'asc', nullable: false },
  AGE: { column: 'birth_date', type: 'date', direction: 'asc', nullable: true },
  LAST_VISIT: { column: 'last_visit_on', type: 'date', direction: 'asc', nullable: true },
  A1C: { column: 'a1c', type: 'numeric', direction: 'desc', nullable: true },
  SYSTOLIC: { column: 'systolic', type: 'numeric', direction: 'desc', nullable: true },
  PHQ9: { column: 'phq9', type: 'numeric', direction: 'desc', nullable: true },
  RISK: { column: 'risk_rank', type: 'smallint', direction: 'desc', nullable: false },
  OPEN_GAPS: { column: 'open_gaps', type: 'smallint', direction: 'desc', nullable: false },
  /** Of those with a gap that comes due alone. */
  DUE: { column: 'due_on', type: 'date', direction: 'asc', nullable: false },
} as const

export type PatientOrderName = keyof typeof patientOrders

/** An order, or the same the other way round: charts without the value come last in both. */
export interface PatientOrder {
  readonly name: PatientOrderName
  readonly reversed: boolean
}

const directionOf = ({ name, reversed }: PatientOrder): 'asc' | 'desc' =>
  (patientOrders[name].direction === 'asc') === reversed ? 'desc' : 'asc'

/** A place in an order: the value of the last chart seen, as PostgreSQL prints it, and its id. */
export interface Place {
  readonly value: string | null
  readonly id: string
}

/** `order by` of the summary `s`, or of another row with its value; unknown values last, equal values by id in the same direction, so that one index serves. */
export function orderBy(order: PatientOrder, row = 's'): Written {
  const { column, nullable } = patientOrders[order.name]
  const way = WAYS[directionOf(order)].word
  return written`${named(`${row}.${column}`)} ${way}${nullable ? NULLS_LAST : NOTHING}, ${named(`${row}.patient_id`)} ${way}`
}

const WAYS = { asc: { word: written`asc`, further: written`>` }, desc: { word: written`desc`, further: written`<` } } as const
const NULLS_LAST = written` nulls last`
const NOTHING = written``
const TYPES = { text: written`text`, date: written`date`, numeric: written`numeric`, smallint: written`smallint` } as const

/** Charts behind a place. */
export function behind(order: PatientOrder, { value, id }: Place, row = 's'): Written<SqlBool> {
  const { column, type, nullable } = patientOrders[order.name]
  const [ref, chart] = [named(`${row}.${column}`), named(`${row}.patient_id`)]
  const sign = WAYS[directionOf(order)].further
  if (value === null) return written`(${ref} is null and ${chart} ${sign} ${id}::uuid)`
  const further = written`(${ref}, ${chart}) ${sign} (${value}::${TYPES[type]}, ${id}::uuid)`
  return nullable ? written`(${further} or ${ref} is null)` : written`(${further})`
}

export const writeCursor = (order: PatientOrder, { value, id }: Place): string =>
  Buffer.from(JSON.stringify([keyOf(order), value, id])).toString('base64url')

const keyOf = ({ name, reversed }: PatientOrder): string => (reversed ? `-${name}` : name)

/** The place a cursor means. A cursor of another order, or one that nobody gave out, is said to be so. */
export function readCursor(order: PatientOrder, cursor: string): Place {
  const { name } = order
  const parts = parse(cursor)
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== keyOf(order)) throw strange()
  const [, value, id] = parts as [string, unknown, unknown]
  if (typeof id !== 'string' || !isUuid(id)) throw strange()
  if (value === null && patientOrders[name].nullable) return { value, id }
  if (typeof value !== 'string' || !fits(patientOrders[name].type, value)) throw strange()
  return { value, id }
}

const strange = () => badInput("'after' is not a cursor of this list in this order.")

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw strange()
    throw error
  }
}

function fits(type: (typeof patientOrders)[PatientOrderName]['type'], value: string): boolean {
  switch (type) {
    case 'text':
      return !value.includes('\0')
    case 'date':
      return isDay(value)
    case 'numeric':
      return /^-?\d{1,30}(\.\d{1,30})?$/.test(value)
    case 'smallint':
      return /^\d{1,4}$/.test(value)
  }
}
