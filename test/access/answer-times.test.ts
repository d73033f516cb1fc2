import { newId } from '@carecommons/kernel'
import { openTestApi } from '../support/api.ts'

const TURNS = 150
const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1]!

test("hardening 1: another practice's chart takes as long to be denied as one that does not exist", async () => {
  const api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  try {
    const clinician = await api.signedIn('alderClinician')
    const ask = async (id: string): Promise<number> => {
      const begun = performance.now()
      const { text } = await clinician.ask('query ($id: ID!) { patient(id: $id) { id familyName gaps { state } } }', { id })
      expect(text.trim()).toBe('{"data":{"patient":null}}')
      return performance.now() - begun
    }
    const foreign = api.world.charts.birch
    for (let n = 0; n < 20; n++) await ask(n % 2 ? foreign[0]! : newId())
    const times: Record<'foreign' | 'missing', number[]> = { foreign: [], missing: [] }
    // In turns, so that whatever else the machine does meets both.
    for (let n = 0; n < TURNS; n++) {
      times.foreign.push(await ask(foreign[n % foreign.length]!))
      times.missing.push(await ask(newId()))
    }
    const apart = times.foreign.map((time, n) => time - times.missing[n]!)
    const typical = median(apart)
    // What the median of so many differences may be off by, as they scatter on a machine that is busy: its standard error, five times.
    const scatter = median(apart.map((one) => Math.abs(one - typical)))
    const limit = 0.3 + (5 * 1.86 * scatter) / Math.sqrt(TURNS)
    const [one, other] = [median(times.foreign), median(times.missing)]
    process.stderr.write(
      `a foreign chart is denied in ${one.toFixed(2)} ms, a missing one in ${other.toFixed(2)} ms; in turns ${typical.toFixed(2)} ms apart, of ${limit.toFixed(2)}\n`,
    )
    expect(Math.abs(typical)).toBeLessThan(limit)
  } finally {
    await api.close()
  }
})
