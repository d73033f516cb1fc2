import { starterSources } from '../package/starter-set.ts'
import { openDraftTranslator } from './draft-translator.ts'

const good = `library Regional version '1.0.0'
using FHIR version '4.0.1'
include FHIRHelpers version '4.0.1'
include ClinicalRecord version '1.0.0'
parameter "Measurement Period" Interval<DateTime>
context Patient
define "Initial Population":
  AgeInYearsAt(date from start of "Measurement Period") >= 65 and ClinicalRecord."Alive Through"("Measurement Period")
`

describe('draft translator', () => {
  const translator = openDraftTranslator(starterSources().libraries)
  afterAll(() => translator.close())

  it('says where a text is wrong, and translates what was mended with all it includes', async () => {
    const wrong = await translator.translate(good.replace('AgeInYearsAt', 'AgeInYear'), { check: true })
    expect(wrong).toMatchObject({ ok: false, problems: [{ library: 'Regional', line: 8, column: 3 }] })
    expect(await translator.translate(good, { check: true })).toEqual({ ok: true, libraries: [] })
    const right = await translator.translate(good)
    expect(right.ok && right.libraries.map(({ identifier }) => identifier.id)).toEqual(
      expect.arrayContaining(['Regional', 'ClinicalRecord', 'FHIRHelpers']),
    )
    expect(right.ok && right.libraries[0]!.identifier.id).toBe('Regional')
  }, 60_000)
})
