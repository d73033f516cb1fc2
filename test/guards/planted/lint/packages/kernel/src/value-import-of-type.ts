// planted: consistent-type-imports
import { Named } from './named.ts'

export function nameOf(named: Named): string {
  return named.name
}
