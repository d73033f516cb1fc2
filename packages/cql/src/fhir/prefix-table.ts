import { sha256 } from '../package/canonical-json.ts'
import { CanonicalUrls, knownPrefixes, type UrlPrefixes } from './canonical-urls.ts'

export type PrefixReading =
  { readonly ok: true; readonly prefixes: UrlPrefixes } | { readonly ok: false; readonly problems: readonly string[] }

const MOST_ROWS = 1000
const FORM = 'a list of {"from": "https://what.records/say-", "to": "https://what.measures/ask-for-"}'

/**
 * Reads a table of canonical prefixes that mean the same, as JSON. Its rows come before those that are known here, and the first that fits
 * is the one: a row from a known prefix to itself takes that away.
 */
export function readPrefixTable(text: string): PrefixReading {
  let rows: unknown
  try {
    rows = JSON.parse(text)
  } catch {
    return { ok: false, problems: [`It is not JSON: ${FORM} is.`] }
  }
  if (!Array.isArray(rows)) return { ok: false, problems: [`It is ${FORM}.`] }
  if (rows.length > MOST_ROWS) return { ok: false, problems: [`It has ${rows.length} rows, more than ${MOST_ROWS}.`] }
  const own = rows.map(pairOf)
  const shapeless = own.flatMap((row, index) => (typeof row === 'string' ? [`Row ${index + 1}: ${row}`] : []))
  if (shapeless.length > 0) return { ok: false, problems: shapeless }
  const pairs = own as UrlPrefixes[number][]
  const prefixes = [...pairs, ...knownPrefixes]
  const problems = [...doubled(pairs), ...mappedOn(prefixes, pairs.length)]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, prefixes }
}

/** What a table makes of the engine's version: figures by another table are figures of another engine. */
export const prefixMark = (prefixes: UrlPrefixes): string =>
  prefixes === knownPrefixes ? '' : `+prefixes.${sha256(JSON.stringify(prefixes)).slice(0, 12)}`

function pairOf(row: unknown): UrlPrefixes[number] | string {
  if (typeof row !== 'object' || row === null || !('from' in row) || !('to' in row)) return 'It has no "from" and "to".'
  for (const [name, url] of [
    ['from', row.from],
    ['to', row.to],
  ] as const) {
    if (typeof url !== 'string' || !/^(?:https?:\/\/[^/\s|]+\/|urn:[^\s|]+)[^\s|]*$/.test(url))
      return `Its "${name}" is not the beginning of a canonical URL, such as "http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-".`
  }
  return [row.from as string, row.to as string]
}

function doubled(pairs: UrlPrefixes): string[] {
  const seen = new Map<string, number>()
  return pairs.flatMap(([from], index) => {
    const first = seen.get(from)
    if (first === undefined) seen.set(from, index + 1)
    return first === undefined ? [] : [`Row ${index + 1}: What begins with ${from} is mapped by row ${first} already.`]
  })
}

/** What a row makes of a URL must stay: measures' own URLs are read by the same table. */
function mappedOn(prefixes: UrlPrefixes, own: number): string[] {
  const urls = new CanonicalUrls(prefixes)
  return prefixes.flatMap(([, to], index) => {
    const read = urls.read(to)
    if (read === to) return []
    const row = index < own ? `Row ${index + 1}: Its "to"` : `${to}, which is known here as what measures ask for,`
    return [`${row} would be mapped on, to ${read}. Name what measures ask for.`]
  })
}
