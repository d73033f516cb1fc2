import type { Page } from 'playwright-core'

/** The measure that one HbA1c moves, and a value on each side of its bound of 9 %. */
export const GLYCEMIC = { id: 'glycemic-control-poor', title: 'Poor glycemic control', good: 6.4, poor: 10.2 } as const

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
