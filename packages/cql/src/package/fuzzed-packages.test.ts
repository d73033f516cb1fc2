import { starterPackages } from '../starter-packages.fixture.ts'
import { openEnginePool } from '../pool/engine-pool.ts'
import { openPackage } from './open-package.ts'

/** A small generator with a seed, so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

type Json = Record<string, unknown>

/** Changes something somewhere: another type, a wrong kind of value, a part taken away, a part put in itself. */
function mutate(value: unknown, roll: (sides: number) => number, types: readonly string[]): void {
  const places: { readonly owner: Json; readonly key: string }[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const key of Object.keys(node)) {
      places.push({ owner: node as Json, key })
      visit((node as Json)[key])
    }
  }
  visit(value)
  const { owner, key } = places[roll(places.length)]!
  const other = places[roll(places.length)]!
  const changes: readonly (() => void)[] = [
    () => delete owner[key],
    () => (owner[key] = null),
    () => (owner[key] = 'x'.repeat(1 + roll(50))),
    () => (owner[key] = -1),
    () => (owner[key] = []),
    () => (owner[key] = structuredClone(other.owner[other.key])),
    () => 'type' in owner && (owner.type = types[roll(types.length)]),
    () => (owner[key] = { type: types[roll(types.length)], operand: [structuredClone(owner[key])] }),
  ]
  changes[roll(changes.length)]!()
}

const types = [
  'And',
  'Exists',
  'Query',
  'ExpressionRef',
  'FunctionRef',
  'Retrieve',
  'Property',
  'Interval',
  'Frobnicate',
  'Union',
  'Expand',
  'Null',
  'Last',
]
const person = { id: 'p', resources: ['{"resourceType":"Patient","id":"p","birthDate":"1970-01-01"}'] }
const period = { start: '2026-01-01', end: '2026-12-31', offsetMinutes: 0 }

describe('packages that somebody has tampered with', () => {
  it('are refused in words or evaluated, and never hang or end the process', async () => {
    const [pkg] = [...(await starterPackages()).values()]
    const pool = openEnginePool({ threads: 1, memoryMb: 256, seconds: 10 })
    let refused = 0
    let evaluated = 0
    for (let seed = 1; seed <= 150; seed++) {
      const roll = dice(seed)
      const bundle = structuredClone(pkg!.bundle) as unknown as {
        entry: { resource: { resourceType: string; content?: { contentType: string; data: string }[] } }[]
      }
      if (seed % 3 === 0) mutate(bundle, roll, types)
      else {
        const libraries = bundle.entry.filter(({ resource }) => resource?.resourceType === 'Library')
        const content = libraries[roll(libraries.length)]!.resource.content!.find(
          ({ contentType }) => contentType === 'application/elm+json',
        )!
        const elm = JSON.parse(Buffer.from(content.data, 'base64').toString()) as object
        for (let times = 0; times <= roll(4); times++) mutate(elm, roll, types)
        content.data = Buffer.from(JSON.stringify(elm)).toString('base64')
      }
      const reading = await openPackage(Buffer.from(JSON.stringify(bundle)))
      if (!reading.ok) {
        expect(reading.problems.every(({ subject, message }) => typeof subject === 'string' && message.length > 10)).toBe(true)
        refused++
        continue
      }
      try {
        const [result] = (await pool.evaluate([reading.package], [person], period)).get(reading.package.id)!
        expect(result).toMatchObject({ chartId: 'p' })
        evaluated++
      } catch (error) {
        expect(String(error)).toMatch(/The measures could not be evaluated|An engine thread stopped/)
        refused++
      }
    }
    await pool.close()
    expect([refused > 20, evaluated > 20]).toEqual([true, true])
  }, 300_000)

  it('are cut off at any byte without harm', async () => {
    const [pkg] = [...(await starterPackages()).values()]
    const whole = Buffer.from(JSON.stringify(pkg!.bundle))
    for (let part = 1; part < 20; part++) {
      const reading = await openPackage(whole.subarray(0, Math.floor((whole.length * part) / 20)))
      expect(reading).toMatchObject({ ok: false, problems: [{ subject: 'Bundle', message: expect.stringMatching(/cut off after/) }] })
    }
  }, 60_000)
})
