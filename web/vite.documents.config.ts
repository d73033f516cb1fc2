import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Builds the list of operations that this web can send, for the API to know them by name: `dist-documents/documents.json`. It stands beside
 * `dist`, not in it, so that nobody fetches it.
 */
export default defineConfig({
  logLevel: 'error',
  plugins: [
    react(),
    {
      name: 'list-documents',
      async closeBundle() {
        const { documents } = (await import(pathToFileURL(join(FOLDER, 'documents.js')).href)) as { documents: Record<string, string> }
        await writeFile(join(FOLDER, 'documents.json'), JSON.stringify(documents))
      },
    },
  ],
  build: { ssr: 'src/documents.ts', outDir: 'dist-documents', copyPublicDir: false, target: 'es2023' },
  ssr: { noExternal: true },
})

const FOLDER = join(import.meta.dirname, 'dist-documents')
