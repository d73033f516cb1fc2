import { createReadStream, createWriteStream, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import { generateRegion } from '@carecommons/demo'
import { addDays } from '@carecommons/kernel'
import { fixture } from '../support/fixtures.ts'

/** Files to import, as text, and how many resources are in them. */
export interface Input {
  readonly folder: string
  readonly options: readonly string[]
  readonly resources: number
}

/**
 * Writes replicas of a population with ids of their own and days shifted by the replica's number, one after the other into the same
 * files: nothing of one is known from another. The sample population where it is, else one made up in about its size.
 */
export async function writeReplicas(folder: string, replicas: readonly number[]): Promise<Input> {
  mkdirSync(folder, { recursive: true })
  const sample = fixture('data/synthea-practices')
  return sample ? writeSample(sample, folder, replicas) : writeDemo(folder, replicas)
}

const PRACTICES = 'practice_by_last_wellness_visit.csv'

async function writeSample(sample: string, folder: string, replicas: readonly number[]): Promise<Input> {
  let resources = 0
  for (const name of readdirSync(sample).filter((one) => one.endsWith('.ndjson.gz'))) {
    for (const replica of replicas) {
      resources += await rewrite(
        createReadStream(join(sample, name)).pipe(createGunzip()),
        join(folder, name.slice(0, -3)),
        renewal(replica),
      )
    }
  }
  for (const replica of replicas)
    await rewrite(createReadStream(join(sample, PRACTICES)), join(folder, PRACTICES), renewal(replica), replica !== replicas[0])
  return { folder, options: ['--practices-by', join(folder, PRACTICES)], resources }
}

/** Appends the lines, renewed; gives how many. */
async function rewrite(from: NodeJS.ReadableStream, path: string, renew: (text: string) => string, skipsFirst = false): Promise<number> {
  const file = createWriteStream(path, { flags: 'a' })
  let lines = 0
  for await (const line of createInterface({ input: from, crlfDelay: Infinity })) {
    if (skipsFirst && lines++ === 0) continue
    lines++
    if (!file.write(`${renew(line)}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
  return lines
}

/** The same text about other people in other practices on other days. */
function renewal(replica: number): (text: string) => string {
  const mask = 0x9e3779b9 * replica
  const shifted = new Map<string, string>()
  const shift = (day: string): string => {
    const known = shifted.get(day)
    if (known) return known
    const later = addDays(day, replica)
    shifted.set(day, later)
    return later
  }
  return (text) =>
    text
      .replace(/\b([0-9a-f]{8})(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g, (_, head: string, tail: string) => {
        const renewed = ((parseInt(head, 16) ^ mask) >>> 0).toString(16).padStart(8, '0')
        return renewed + tail
      })
      .replace(/\b(?:19|20)\d\d-[01]\d-[0-3]\d(?=[T"])/g, shift)
}

async function writeDemo(folder: string, replicas: readonly number[]): Promise<Input> {
  let resources = 0
  for (const seed of replicas) {
    const demo = generateRegion({ practices: 20, patients: 1600, seed, asOf: '2026-11-21' })
    const files = new Map<string, ReturnType<typeof createWriteStream>>()
    const write = async (type: string, json: string): Promise<void> => {
      const file = files.get(type) ?? createWriteStream(join(folder, `${type}.${seed}.ndjson`))
      files.set(type, file)
      resources++
      if (!file.write(`${json}\n`)) await once(file, 'drain')
    }
    for (const json of demo.directory) await write(/"resourceType":"(\w+)"/.exec(json)![1]!, json)
    for (const { lines } of demo.charts) for (const { type, json } of lines) await write(type, json)
    for (const file of files.values()) {
      file.end()
      await once(file, 'close')
    }
  }
  return { folder, options: [], resources }
}
