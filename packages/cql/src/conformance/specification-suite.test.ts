import { exceptions } from './exceptions.fixture.ts'
import { failures, suiteFolder, suiteTests } from './suite.fixture.ts'

if (!suiteFolder) process.stdout.write('not run: the conformance tests of CQL (no cql-tests)\n')

describe('the conformance tests of CQL', () => {
  it('have their fixtures where they are required', () => expect(suiteFolder !== null || !process.env.CI).toBe(true))
  if (!suiteFolder) return

  it('pass, but for listed ones that contradict the specification', async () => {
    const tests = suiteTests()
    const wrong = await failures(tests)
    expect(tests).toHaveLength(1823)
    expect(Object.fromEntries([...wrong].filter(([key]) => !exceptions.has(key)))).toEqual({})
    // A test that passes is no exception.
    expect([...exceptions.keys()].filter((key) => !wrong.has(key))).toEqual([])
  }, 300_000)
})
