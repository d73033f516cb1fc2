import type { Page } from 'playwright-core'

/** The measure that one HbA1c moves, and a value on each side of its bound of 9 %. */
export const GLYCEMIC = { id: 'glycemic-control-poor', title: 'Diabetes: poor glycemic control', good: 6.4, poor: 10.2 } as const

/** Where pages show a figure: the first element of the selector that holds the text. */
export interface Place {
  readonly selector: string
  readonly text?: string
}

/** On a practice's Home, on its Measures, and on one of its charts: the tile, how many people are in the numerator, and the gap. */
export const PLACES = {
  tile: { selector: `a[href*="gap=${GLYCEMIC.id}"]` },
  membership: { selector: `a[href*="measure=${GLYCEMIC.id}"][href*="population=NUMERATOR"]` },
  gap: { selector: 'li p', text: GLYCEMIC.title },
} as const satisfies Record<string, Place>

declare const document: { querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }> }

/** What stands there; '' where there is nothing. */
export const shown = (page: Page, place: Place): Promise<string> =>
  page.evaluate(
    ({ selector, text = '' }: Place) =>
      [...document.querySelectorAll(selector)].find(({ textContent }) => textContent?.includes(text))?.textContent ?? '',
    place,
  )

/** Waits until something else stands there than before; answers when that was, by the clock of this machine. */
export async function changedAt(page: Page, place: Place, before: string): Promise<number> {
  const moment = await page.waitForFunction(
    ({ selector, text = '', before }) => {
      const now = [...document.querySelectorAll(selector)].find(({ textContent }) => textContent?.includes(text))?.textContent ?? ''
      return now !== '' && now !== before && Date.now()
    },
    { ...(place as Place), before },
    { polling: 'raf' },
  )
  return (await moment.jsonValue()) as number
}

export interface Diabetic {
  readonly id: string
  readonly fhirId: string
  /** On the wrong side of the bound, or without a result. */
  readonly isPoor: boolean
}

type Sql = <Row extends object>(query: string, values?: readonly unknown[]) => Promise<Row[]>

/** Charts of a practice that this year's figures count, whose last HbA1c is so many days old. */
export const diabeticsOf = (sql: Sql, practiceId: string, days: number): Promise<Diabetic[]> =>
  sql<Diabetic>(
    `select p.id, p.fhir_id as "fhirId", m.numerator > 0 as "isPoor"
       from publication u join measure_membership m on m.run_id = u.run_id and m.measure_id = $2 and m.group_index = 0
       join patient p on p.practice_id = m.practice_id and p.id = m.patient_id and not p.deceased
       join patient_summary s on s.practice_id = p.practice_id and s.patient_id = p.id
      where now()::date between u.period_start and u.period_end and m.denominator > m.denominator_exclusion
        and coalesce(s.a1c_on, '-infinity') < now()::date - $3::int and p.practice_id = $1
      order by p.fhir_id limit 50`,
    [practiceId, GLYCEMIC.id, days],
  )

/** An HbA1c as a laboratory sends it to `POST /fhir/Observation`. */
export const a1cOf = (fhirId: string, value: number, at: Date): object => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: { reference: `Patient/${fhirId}` },
  effectiveDateTime: at.toISOString(),
  valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
})

/** Sends a resource as the program of a record system does; throws when it is not taken. */
export async function post(url: string, token: string, resource: object): Promise<void> {
  const { resourceType } = resource as { resourceType: string }
  const response = await fetch(`${url}/fhir/${resourceType}`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${token}` },
    body: JSON.stringify(resource),
  })
  const words = await response.text()
  if (response.status !== 201) throw new Error(`${resourceType} was answered with ${response.status}: ${words}`)
}
