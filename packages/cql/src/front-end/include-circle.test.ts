import { translate } from './translate.ts'
import { includeCircle } from './include-circle.ts'

const library = (name: string, ...includes: string[]): string =>
  [`library ${name} version '1'`, "using FHIR version '4.0.1'", ...includes.map((include) => `include ${include} called I`)].join('\n')

describe('includeCircle', () => {
  it('names the libraries of a circle in the order in which they include each other', () => {
    expect(includeCircle([library('A', 'B', 'D'), library('B', 'C'), library('C', 'B'), library('D')])).toEqual(['B', 'C', 'B'])
    expect(includeCircle([library('A', 'A')])).toEqual(['A', 'A'])
    expect(includeCircle([library('org.example.A', 'org . example."B-1"'), library('"B-1"', '`A`')])).toEqual(['A', 'B-1', 'A'])
  })

  it('finds none where libraries share what they include, or only speak of including', () => {
    expect(includeCircle([library('A', 'B', 'C'), library('B', 'C'), library('C', 'Elsewhere')])).toBeNull()
    const spoken = `${library('A')}\n// include A\n/* include\nA */\ndefine X: 'include A'\ndefine "include A": X.include A`
    expect(includeCircle([spoken])).toBeNull()
  })

  it('follows a chain longer than the stack is deep', () => {
    const chain = Array.from({ length: 12_000 }, (_, index) => library(`L${index}`, `L${index + 1}`))
    expect(includeCircle(chain)).toBeNull()
    expect(includeCircle([...chain, library('L12000', 'L0')])).toHaveLength(12_002)
  })

  it('refuses a circle before anything is translated', async () => {
    expect(await translate([library('A', 'B'), library('B', 'A')])).toEqual({
      ok: false,
      problems: [
        {
          ...{ library: 'A', line: 0, column: 0 },
          message:
            'Libraries include each other in a circle: A includes B includes A. ' +
            'Put what they need of each other into a library of its own that both include.',
        },
      ],
    })
  })
})
