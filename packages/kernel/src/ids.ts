import { randomFillSync, randomUUID } from 'node:crypto'

/** An id of one kind of thing: `Id<'Patient'>` does not pass for `Id<'Practice'>`. */
export type Id<Kind extends string = string> = string & { readonly __kind?: Kind }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (value: string): boolean => UUID.test(value)

let lastMs = 0
let sequence = 0

/**
 * UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then a 12-bit counter that keeps ids of one
 * process in order within a millisecond, then 62 random bits.
 */
export function newId<Kind extends string>(now: number = Date.now()): Id<Kind> {
  if (now > lastMs) {
    lastMs = now
    sequence = 0
  } else if (++sequence > 0xfff) {
    lastMs++
    sequence = 0
  }
  const bytes = freshBytes()
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes[6] = 0x70 | (sequence >> 8)
  bytes[7] = sequence & 0xff
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return format(bytes) as Id<Kind>
}

/** Asking for randomness costs the same for a thousand bytes as for sixteen. Each byte is used once. */
const drawn = Buffer.allocUnsafe(4096)
let used = drawn.length
function freshBytes(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  return drawn.subarray(used, (used += 16))
}

/**
 * UUID version 4: for what must not tell when it came. A practice reads the person of its own chart; beside other ids of that moment a
 * version 7 would say where else that person is known.
 */
export const newUndatedId = <Kind extends string>(): Id<Kind> => randomUUID() as Id<Kind>

/** Writes 16 bytes in the 8-4-4-4-12 form. */
function format(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
