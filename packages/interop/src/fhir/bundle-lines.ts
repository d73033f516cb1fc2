import { type Refusal, refused } from '@carecommons/kernel'

/**
 * A file as NDJSON: of a Bundle the resources of its entries, each on the line with the entry's number and as it was written; what
 * is no Bundle stays as it is. An entry without a resource is an empty object, which no reader takes. Refuses a Bundle that is not whole.
 */
export function asNdjson(bytes: Buffer): Buffer | Refusal {
  if (isLineByLine(bytes)) return bytes
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  try {
    const json: unknown = JSON.parse(text)
    return isBundle(json) ? Buffer.from(linesOf(json, text).join('\n')) : bytes
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    if (!SAYS_BUNDLE.test(text.slice(0, HEAD))) return bytes
    return refused('BundleBroken', 'The file begins like a Bundle and is not whole JSON. Export it again, or send one resource a line.')
  }
}

const HEAD = 4096
const SAYS_BUNDLE = /"resourceType"\s*:\s*"Bundle"/
const LF = 0x0a

interface Bundle {
  readonly entry?: readonly { readonly fullUrl?: unknown; readonly resource?: { readonly resourceType?: unknown; readonly id?: unknown } }[]
}

const isBundle = (json: unknown): json is Bundle =>
  typeof json === 'object' && json !== null && 'resourceType' in json && json.resourceType === 'Bundle'

/** Whether the first line is JSON by itself, and no Bundle. */
function isLineByLine(bytes: Buffer): boolean {
  const end = bytes.indexOf(LF)
  if (end < 0) return false
  try {
    return !isBundle(JSON.parse(bytes.toString('utf8', 0, end).replace(/^\uFEFF/, '')))
  } catch {
    return false
  }
}

const URN = 'urn:uuid:'

function linesOf({ entry }: Bundle, text: string): string[] {
  if (!Array.isArray(entry)) return []
  const entries = entry as NonNullable<Bundle['entry']>
  const written = resourcesOf(text)
  // What entries call each other, where it is not their id already.
  const named = new Map<string, string>()
  for (const one of entries) {
    const { fullUrl, resource } = one ?? {}
    if (typeof fullUrl !== 'string' || !fullUrl.startsWith(URN) || typeof resource?.id !== 'string') continue
    if (resource.id !== fullUrl.slice(URN.length)) named.set(fullUrl, `${String(resource.resourceType)}/${resource.id}`)
  }
  return entries.map((one, at) => {
    const resource = written[at]
    if (!resource?.startsWith('{')) return '{}'
    const line = resource.replace(/[\r\n]+/g, ' ')
    const { fullUrl, resource: read } = one
    const own = read?.id === undefined && typeof fullUrl === 'string' && fullUrl.startsWith(URN)
    const withId = own ? `{"id":${JSON.stringify(fullUrl.slice(URN.length))},${line.slice(1)}` : line
    return named.size === 0
      ? withId
      : withId.replace(REFERENCE, (whole, key, urn: string) => (named.has(urn) ? `${key}"${named.get(urn)}"` : whole))
  })
}

const REFERENCE = /("reference"\s*:\s*)"(urn:uuid:[^"]*)"/g

/** The resources as they stand in the text, by the place of their entry: read and written again, numbers would lose their digits. */
function resourcesOf(text: string): (string | undefined)[] {
  const bundle = skip(text, 0)
  const entry = membersOf(text, bundle).findLast(({ key }) => key === 'entry')
  return itemsOf(text, entry!.start).map((at) => {
    const resource = text[at] === '{' ? membersOf(text, at).findLast(({ key }) => key === 'resource') : undefined
    return resource && text.slice(resource.start, resource.end)
  })
}

interface Member {
  readonly key: string
  readonly start: number
  readonly end: number
}

/** Of the object that begins here. The text is JSON: that has been found out. */
function membersOf(text: string, object: number): Member[] {
  const members: Member[] = []
  for (let at = skip(text, object + 1); text[at] !== '}';) {
    const colon = endOfString(text, at)
    const start = skip(text, skip(text, colon) + 1)
    const end = endOfValue(text, start)
    members.push({ key: JSON.parse(text.slice(at, colon)) as string, start, end })
    at = skip(text, end)
    if (text[at] === ',') at = skip(text, at + 1)
  }
  return members
}

/** Where the items of the array that begins here begin. */
function itemsOf(text: string, array: number): number[] {
  const items: number[] = []
  for (let at = skip(text, array + 1); text[at] !== ']';) {
    items.push(at)
    at = skip(text, endOfValue(text, at))
    if (text[at] === ',') at = skip(text, at + 1)
  }
  return items
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start)
  let at = start
  if (text[start] !== '{' && text[start] !== '[') {
    while (at < text.length && !',]} \t\r\n'.includes(text[at]!)) at++
    return at
  }
  for (let depth = 0; ;) {
    const letter = text[at]
    if (letter === '"') at = endOfString(text, at)
    else {
      at++
      if (letter === '{' || letter === '[') depth++
      else if ((letter === '}' || letter === ']') && --depth === 0) return at
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  for (; text[at] !== '"'; at++) if (text[at] === '\\') at++
  return at + 1
}

function skip(text: string, start: number): number {
  let at = start
  while (' \t\r\n'.includes(text[at] ?? '-')) at++
  return at
}
