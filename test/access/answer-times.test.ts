import { newId } from '@carecommons/kernel'
import { openTestApi } from '../support/api.ts'

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
    for (let n = 0; n < 150; n++) {
      times.foreign.push(await ask(foreign[n % foreign.length]!))
      times.missing.push(await ask(newId()))
    }
    const median = (all: number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1]!
    const [one, other] = [median(times.foreign), median(times.missing)]
    process.stderr.write(`a foreign chart is denied in ${one.toFixed(2)} ms, a missing one in ${other.toFixed(2)} ms\n`)
    expect(Math.abs(one - other)).toBeLessThan(0.2 * Math.max(one, other) + 0.3)
  } finally {
    await api.close()
  }
})
