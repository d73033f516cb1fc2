import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = ['.js', '.css', '.svg']
/** Less does not travel faster compressed. */
const WORTHWHILE_BYTES = 1_024

/** Writes a `.br` and a `.gz` copy beside each file of text, so that serving costs no compression. */
export function compress(): Plugin {
  let folder = ''
  return {
    name: 'compress',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = join(root, build.outDir)),
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!TEXT.includes(extname(name))) continue
        const file = join(folder, name)
        const bytes = readFileSync(file)
        if (bytes.length < WORTHWHILE_BYTES) continue
        writeFileSync(`${file}.br`, brotliCompressSync(bytes))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
