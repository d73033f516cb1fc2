import type { DemoRegion } from '../support/region.ts'
import type { Visit } from './stage.ts'

export interface Chart {
  readonly id: string
  readonly family: string
  readonly given: string
  readonly recordNumber: string
}

/** The chart of a practice that holds most records, so that every part of its page has something to show. */
export async function fullestChart(region: DemoRegion, practiceId: string | undefined): Promise<Chart> {
  const [chart] = await region.sql<Chart>(
    `select p.id, p.family_name as family, p.given_name as given, p.record_number as "recordNumber"
       from patient p join patient_summary s on s.practice_id = p.practice_id and s.patient_id = p.id
      where p.practice_id = $1 and not p.deceased
      order by s.resource_count desc limit 1`,
    [practiceId],
  )
  return chart!
}

/** Where the browser kept one of these words or sent it along with an address. */
export async function tracesOf({ page, addresses }: Visit, words: readonly string[]): Promise<string[]> {
  const kept = await page.evaluate<string[]>(
    '[document.title, document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)]',
  )
  return [...kept, ...addresses.map((address) => decodeURIComponent(address.replaceAll('+', ' ')))].filter((text) =>
    words.some((word) => text.toLowerCase().includes(word.toLowerCase())),
  )
}
