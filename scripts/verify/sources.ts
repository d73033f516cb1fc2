import { globSync } from 'node:fs'

const folders = '{packages/*/src,services/*/src,web/src,web/app,scripts,test}'

/** Every TypeScript source of the house, relative to its root. What a guard did not look at, it cannot have judged. */
export function sources(root: string, within = folders): string[] {
  const exclude = (path: string): boolean => /(^|\/)(node_modules|planted|dist|dist-documents|coverage|[.]cache)(\/|$)/.test(path)
  return globSync(`${within}/**/*.{ts,tsx}`, { cwd: root, exclude })
    .filter((path) => !path.endsWith('.d.ts'))
    .sort()
}

/** A finding for each source that a guard overlooked. */
export function overlooked(guard: string, expected: readonly string[], seen: ReadonlySet<string>): string[] {
  return expected.filter((path) => !seen.has(path)).map((path) => `${path}: overlooked by ${guard}; its settings do not reach this file`)
}
