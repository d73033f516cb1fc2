import fc from 'fast-check'
import { openCompiler, type LoadedMeasure } from '../index.ts'
import { period } from '../interpreter/charts.fixture.ts'
import { openInterpreter } from '../interpreter/interpreter.ts'
import { charts } from '../random-charts.fixture.ts'
import { starterPackages } from '../starter-packages.fixture.ts'

let pairs: { compiled: LoadedMeasure; interpreted: LoadedMeasure }[]
beforeAll(async () => {
  const [compiler, interpreter] = [openCompiler(), openInterpreter()]
  pairs = [...(await starterPackages()).values()].map((pkg) => ({ compiled: compiler.load(pkg), interpreted: interpreter.load(pkg) }))
}, 120_000)

it('places any chart where the interpreter places it', async () => {
  await fc.assert(
    fc.asyncProperty(charts, async (one) => {
      for (const { compiled, interpreted } of pairs) {
        const [ours, theirs] = (await Promise.all([compiled, interpreted].map((measure) => measure.evaluate([one], period)))).map(
          ([result]) => result!,
        )
        const placed = ({ problem, groups }: typeof ours & object): unknown => [
          compiled.id,
          problem,
          groups.map(({ populations }) => populations),
        ]
        expect(placed(ours!)).toEqual(placed(theirs!))
      }
    }),
    { numRuns: 300 },
  )
}, 60_000)
