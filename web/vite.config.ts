import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compress } from './compress.ts'
import { listAddresses } from './list-addresses.ts'

/** `vite` serves the sources and hands API calls to a running CareCommons; `vite build` writes `dist`, hashed under `/assets`. */
const api = process.env['COMMONS_API'] ?? 'http://127.0.0.1:4000'

export default defineConfig(({ command }) => {
  // Whoever builds it: with a test's NODE_ENV it would be a web of development, whose requests an API in production refuses.
  if (command === 'build') process.env['NODE_ENV'] = 'production'
  return {
    plugins: [react(), listAddresses(), compress()],
    // Data URIs would need `data:` in the page's content policy.
    build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
    server: { proxy: { '/graphql': api, '/exports': api, '/uploads': api } },
  }
})
