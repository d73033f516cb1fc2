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
    if (isGzip) return yield* unpacked(raw(file, GZIP_CHUNK, onRead))
    yield* raw(file, PLAIN_CHUNK, onRead)
    return null
  } finally {
    await file.close()
  }
}

async function* raw(file: FileHandle, size: number, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(size)
  for (let done = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, size, null)
    if (bytesRead === 0) return
    onRead((done += bytesRead))
    yield buffer.subarray(0, bytesRead)
  }
}

/**
 * zlib drops what it unpacked in the very step in which it finds the end missing. So each piece is written and its
 * output taken first, and the end is announced with an empty step of its own, which has nothing to drop.
 */
async function* unpacked(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer, string | null> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const ready: Buffer[] = []
  // 'end' also comes before the file's end when garbage follows the archive, which gzip(1) ignores, too.
  const settled = new Promise<Error | null>((resolve) => {
    gunzip.on('end', () => resolve(null))
    gunzip.on('error', resolve)
  })
  gunzip.on('data', (piece: Buffer) => ready.push(piece))
  try {
    for await (const piece of packed) {
      // After an error a write is never called back.
      const written = new Promise<'written'>((resolve) => gunzip.write(piece, () => resolve('written')))
      const outcome = await Promise.race([written, settled])
      yield* ready.splice(0)
      if (outcome !== 'written') return describe(outcome)
    }
    gunzip.end()
    const fault = await settled
    yield* ready.splice(0)
    return describe(fault)
  } finally {
    gunzip.destroy()
  }
}

function describe(fault: Error | null): string | null {
  if (!fault) return null
  return fault.message === 'unexpected end of file'
    ? 'The gzip file is cut off here: copy or export it again.'
    : `The gzip file is damaged here (${fault.message}): copy or export it again.`
}
