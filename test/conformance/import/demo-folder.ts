import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateRegion } from '@carecommons/demo'

/** A made-up region as NDJSON files, one per type; always the same bytes. */
export function demoFolder(options: { readonly practices: number; readonly patients: number }): { folder: string; resources: number } {
  const demo = generateRegion({ ...options, seed: 7, asOf: '2026-11-21' })
  const files = new Map<string, string[]>()
  const add = (type: string, json: string): void => void (files.get(type) ?? files.set(type, []).get(type)!).push(json)
  for (const json of demo.directory) add(/"resourceType":"(\w+)"/.exec(json)![1]!, json)
  for (const { lines } of demo.charts) for (const { type, json } of lines) add(type, json)
  const folder = mkdtempSync(join(tmpdir(), 'commons-import-'))
  for (const [type, lines] of files) writeFileSync(join(folder, `${type}.ndjson`), `${lines.join('\n')}\n`)
  return { folder, resources: [...files.values()].reduce((sum, lines) => sum + lines.length, 0) }
}
