import { translate } from '../index.ts'

const seconds = 1000

describe('translate', () => {
  it(
    'says where a text is wrong and what is wrong with it',
    async () => {
      const broken = await translate([
        "library Broken version '1'\nusing FHIR version '4.0.1'\ninclude FHIRHelpers version '4.0.1'\ncontext Patient\n" +
          "define A: [Encounter] E where E.statu = 'finished'\ndefine B: Nowhere\ndefine C: [Enconter]\ndefine D: 5 'furlongish'",
        'library Unfinished\ndefine A: exists (',
        "library Alone version '1'\nusing FHIR version '4.0.1'\ninclude Elsewhere version '2'\ncontext Patient\ndefine A: 1",
      ])
      expect(broken).toEqual({
        ok: false,
        problems: [
          { library: 'Alone', line: 3, column: 1, message: 'The included library Elsewhere was not supplied.' },
          { library: 'Broken', line: 5, column: 33, message: 'Encounter has no element statu.' },
          { library: 'Broken', line: 6, column: 11, message: 'Nothing named Nowhere is defined here.' },
          { library: 'Broken', line: 7, column: 11, message: 'There is no type named Enconter.' },
          { library: 'Broken', line: 8, column: 11, message: 'This cannot be translated: furlongish is not a UCUM unit' },
          { library: 'Unfinished', line: 2, column: 19, message: 'This is not valid CQL: Syntax error at <EOF>.' },
        ],
      })
    },
    120 * seconds,
  )

  it(
    'refuses what takes too long or too much memory, and says which text to look at',
    async () => {
      const long = `library Long ${Array.from({ length: 20_000 }, (_, n) => `define A${n}: 1 + 1 + 1 + 1 + 1`).join('\n')}`
      const refused = await translate(['library Small define A: 1', long], { seconds: 5, memoryMb: 256 })
      expect(refused).toEqual({ ok: false, problems: [expect.objectContaining({ library: 'Long', line: 0 })] })
    },
    120 * seconds,
  )

  it(
    'gives the ELM of a good text and of what it includes',
    async () => {
      const good = await translate([
        "library Good version '1'\nusing FHIR version '4.0.1'\ninclude FHIRHelpers version '4.0.1'\ncontext Patient\n" +
          "define Visits: [Encounter] E where E.status = 'finished'\ndefine High: [Observation] O where (O.value as FHIR.Quantity) > 9 '%'",
      ])
      if (!good.ok) throw new Error(JSON.stringify(good.problems))
      expect(good.libraries.map((library) => library.identifier)).toEqual([
        { id: 'Good', version: '1' },
        { id: 'FHIRHelpers', version: '4.0.1' },
      ])
      expect(good.libraries[0]!.statements!.def.map((definition) => definition.name)).toEqual(['Patient', 'Visits', 'High'])
    },
    120 * seconds,
  )
})
