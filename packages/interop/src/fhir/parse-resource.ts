import type { ParsedResource, Rejected } from './resource.ts'

export function parseResource(bytes: Buffer): ParsedResource | Rejected {
  throw new Error(`not built yet, ${bytes.length}`)
}
