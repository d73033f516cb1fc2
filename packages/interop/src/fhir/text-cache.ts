const SLOTS = 4096
const LONGEST = 64

/**
 * Makes strings of bytes, and gives the same string again for bytes seen lately: code systems, codes, displays and the
 * patient's own reference come over and over. The strings own their characters; a slice of the line's text would hold the
 * whole line in memory for as long as somebody keeps the slice.
 */
export class TextCache {
  private readonly texts = new Array<string>(SLOTS).fill('')
  /** The bytes of each text: comparing bytes with bytes is what makes the cache faster than making the string. */
  private readonly known = new Uint8Array(SLOTS * LONGEST)

  /** `bytes` are ASCII. */
  read(bytes: Buffer, start: number, end: number): string {
    const length = end - start
    if (length > LONGEST) return bytes.toString('latin1', start, end)
    const slot = sample(bytes, start, length) & (SLOTS - 1)
    const text = this.texts[slot]!
    return text.length === length && this.isKnown(slot * LONGEST, bytes, start, length) ? text : this.learn(slot, bytes, start, end)
  }

  private isKnown(at: number, bytes: Buffer, start: number, length: number): boolean {
    const { known } = this
    for (let i = 0; i < length; i++) if (known[at + i] !== bytes[start + i]) return false
    return true
  }

  private learn(slot: number, bytes: Buffer, start: number, end: number): string {
    bytes.copy(this.known, slot * LONGEST, start, end)
    return (this.texts[slot] = bytes.toString('latin1', start, end))
  }
}

/** Some eight bytes spread over the text are enough to find its slot; whether it is the text, all bytes decide. */
function sample(bytes: Buffer, start: number, length: number): number {
  const step = (length >> 3) + 1
  let hash = length
  for (let i = start + length - 1; i >= start; i -= step) hash = ((hash << 5) - hash + bytes[i]!) | 0
  return hash ^ (hash >>> 12)
}
