import { isIdByte } from './primitive-formats.ts'

const OTHER =
  /^(#[A-Za-z0-9\-.]{0,64}|urn:(uuid|oid):[A-Za-z0-9\-.]+|[a-z][a-z0-9+.-]*:\/\/\S+|[A-Z][A-Za-z]+\?\S+|[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}\/_history\/[A-Za-z0-9\-.]{1,64})$/

/**
 * Whether the bytes are a literal reference: `Type/id`, `Type/id/_history/version`, an absolute URL, `urn:uuid:...`,
 * `urn:oid:...`, `#contained`, or the conditional `Type?search` that bulk exports contain.
 */
export function isReference(bytes: Buffer, start: number, end: number): boolean {
  return isTypeAndId(bytes, start, end) || OTHER.test(bytes.toString('latin1', start, end))
}

function isTypeAndId(bytes: Buffer, start: number, end: number): boolean {
  let p = start
  while (p < end && isLetter(bytes[p]!)) p++
  if (p === start || p === end || bytes[p] !== 0x2f || bytes[start]! > 0x5a) return false
  const id = ++p
  while (p < end && isIdByte(bytes[p]!)) p++
  return p === end && end > id && end - id <= 64
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a
