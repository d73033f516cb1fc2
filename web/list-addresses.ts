import type { Plugin } from 'vite'
import { addresses } from './src/app/addresses.ts'

/** Writes the addresses of pages where the server looks for them. */
export const listAddresses = (): Plugin => ({
  name: 'list-addresses',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'addresses.json', source: JSON.stringify(addresses) })
  },
})
