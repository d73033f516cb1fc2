import { open, type FileHandle } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

const PLAIN_CHUNK = 1 << 20
/** Small, because one chunk of gzip can swell a thousandfold before anybody reads it: 32 KiB give 32 MiB at worst. */
const GZIP_CHUNK = 1 << 15

/**
 * The bytes of a file, each piece valid until the next is asked for, unpacked when it begins like gzip, whatever its name. A cut or damaged archive gives the bytes
 * before the damage and then returns what is wrong, in words; a file that cannot be opened throws, as `open` does.
 */
export async function* fileChunks(path: string, onRead: (bytes: number) => void = () => undefined): AsyncGenerator<Buffer, string | null> {
  const file = await open(path, 'r')
  try {
    const magic = Buffer.alloc(2)
    const { bytesRead } = await file.read(magic, 0, 2, 0)
    const isGzip = bytesRead === 2 && magic[0] === 0x1f && magic[1] === 0x8b
    if (isGzip) return yield* whole(file, onRead)
    yield* raw(file, 0, PLAIN_CHUNK, onRead)
    return null
  } finally {
    await file.close()
  }
}

async function* raw(
  file: FileHandle,
  from: number,
  size: number,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(size)
  for (let done = from; ;) {
    const { bytesRead } = await file.read(buffer, 0, size, done)
    if (bytesRead === 0) return
    onRead((done += bytesRead))
    yield buffer.subarray(0, bytesRead)
  }
}

/**
 * zlib drops what it unpacked in the very step in which it finds damage: thousands of lines, or all of a small file. So a damaged archive
 * is unpacked once more, byte by byte where the damage is, and what had not been given yet is given.
 */
async function* whole(file: FileHandle, onRead: (bytes: number) => void): AsyncGenerator<Buffer, string | null> {
  const { outcome, given, consumed, read } = yield* unpacked(raw(file, 0, GZIP_CHUNK, onRead))
  if (outcome === 'end') return (await isPadding(file, consumed)) ? null : FOLLOWED
  if (isCut(outcome)) return CUT
  const again = unpacked(singly(raw(file, 0, GZIP_CHUNK), read))
  for (let passed = 0; ;) {
    const next = await again.next()
    if (next.done) return `The gzip file is damaged here (${outcome.message}): copy or export it again.`
    const fresh = next.value.subarray(Math.min(next.value.length, Math.max(0, given - passed)))
    passed += next.value.length
    if (fresh.length > 0) yield fresh
  }
}

interface Unpacked {
  /** 'end' also comes before the file's end when something else follows the archive. */
  readonly outcome: Error | 'end'
  /** Bytes that came out. */
  readonly given: number
  /** Packed bytes that the archive is made of. */
  readonly consumed: number
  /** Packed bytes of the pieces before the last. */
  readonly read: number
}

/**
 * Each piece is written and its output taken first, and the end is announced with an empty step of its own, which has nothing to drop.
 */
async function* unpacked(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer, Unpacked> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const ready: Buffer[] = []
  let [given, read] = [0, 0]
  const settled = new Promise<Error | 'end'>((resolve) => {
    gunzip.on('end', () => resolve('end'))
    gunzip.on('error', resolve)
  })
  gunzip.on('data', (piece: Buffer) => {
    given += piece.length
    ready.push(piece)
  })
  try {
    for await (const piece of packed) {
      // After an error a write is never called back.
      const written = new Promise<'written'>((resolve) => gunzip.write(piece, () => resolve('written')))
      const outcome = await Promise.race([written, settled])
      yield* ready.splice(0)
      if (outcome !== 'written') return { outcome, given, read, consumed: gunzip.bytesWritten }
      read += piece.length
    }
    gunzip.end()
    const outcome = await settled
    yield* ready.splice(0)
    return { outcome, given, read, consumed: gunzip.bytesWritten }
  } finally {
    gunzip.destroy()
  }
}

/** Pieces as they are up to this place, and single bytes from there on. */
async function* singly(pieces: AsyncGenerator<Buffer>, from: number): AsyncGenerator<Buffer> {
  let place = 0
  for await (const piece of pieces) {
    if (place < from) yield piece
    else for (let at = 0; at < piece.length; at++) yield piece.subarray(at, at + 1)
    place += piece.length
  }
}

/** Tapes and some copying programs fill the last block with zeros. */
async function isPadding(file: FileHandle, from: number): Promise<boolean> {
  for await (const piece of raw(file, from, PLAIN_CHUNK)) if (piece.some((byte) => byte !== 0)) return false
  return true
}

const isCut = (fault: Error): boolean => fault.message === 'unexpected end of file'
const CUT = 'The gzip file is cut off here: copy or export it again.'
const FOLLOWED = 'The gzip archive ends here, and what follows in the file is no gzip: copy or export it again.'
