import { openCompiler } from '../compiler/compiler.ts'
import { periodOf } from '../deck/check-deck.ts'
import { Precision } from '../runtime/precision.ts'
import { sameOrBefore } from '../runtime/operators.ts'
import { elm, smallMeasure, year } from '../small-measure.fixture.ts'
import { readDateTime } from './fhir-primitives.ts'
import { asWrittenFrom } from './record-zone.ts'

/** 22:30 of the last evening of the year, written in its own zone: in Greenwich it is New Year. */
const evening = '2026-12-31T22:30:00.000-05:00'
const encounter = JSON.stringify({ resourceType: 'Encounter', id: 'e', period: { end: evening } })
const chart = { id: 'p', resources: ['{"resourceType":"Patient","id":"p"}', encounter] }

const lastDay = { type: 'DateTime', year: elm.integer(2026), month: elm.integer(12), day: elm.integer(31) }
const ofEncounter = (path: string): object => ({ type: 'Property', path, scope: 'E' })
const inYear = {
  type: 'Query',
  source: [{ alias: 'E', expression: { type: 'Retrieve', dataType: '{http://hl7.org/fhir}Encounter' } }],
  relationship: [],
  where: { type: 'SameOrBefore', precision: 'Day', operand: [ofEncounter('period.end.value'), lastDay] },
}
const { evaluate } = openCompiler().load(smallMeasure({ 'Initial Population': elm.node('Exists', inYear) }))
const counted = async (period: Parameters<typeof evaluate>[1]): Promise<number> =>
  (await evaluate([chart], period))[0]!.groups[0]!.counts[0]!

describe('times with another offset near midnight', () => {
  it('are of the day of the region in the product, and of the day that is written in published cases', async () => {
    expect(await counted({ ...year, offsetMinutes: -300 })).toBe(1)
    expect(await counted({ ...year, offsetMinutes: 0 })).toBe(0)
    // Reference, Same As, Before and After: offsets are brought together only where hours or finer are compared.
    expect(await counted(periodOf({ period: year }))).toBe(1)
  })

  it('are the same moment either way where hours are compared', () => {
    const [moved, written] = [readDateTime(evening, 0)!, readDateTime(evening, asWrittenFrom(0))!]
    expect([moved.toString(), written.toString()]).toEqual(['2027-01-01T03:30:00.000+00:00', evening])
    for (const time of [moved, written]) expect(sameOrBefore(time, readDateTime('2026-12-31T23:59:59.999Z', 0), Precision.Hour)).toBe(false)
    expect(readDateTime('2026-12-31T22:30:00', asWrittenFrom(-300))!.toString()).toBe('2026-12-31T22:30:00-05:00')
  })
})
