import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guard } from './guard.ts'
import { overlooked, sources } from './sources.ts'
import { parseReport, runTool } from './tool.ts'

interface Cruise {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly { readonly module: string }[] }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
      readonly comment?: string
      readonly cycle?: readonly { readonly name: string }[]
    }[]
  }
}

/**
 * Import boundaries (.dependency-cruiser.cjs). A cruise that resolves nothing also finds nothing, so what it saw is
 * compared with what stands on disk: every source file, and every static import written in it.
 */
export const boundaries: Guard = {
  name: 'boundaries',
  run: async (root) => {
    const all = sources(root)
    const folders = [...new Set(all.map((path) => path.split('/')[0] ?? path))]
    const args = [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
    const { modules, summary } = parseReport<Cruise>('dependency-cruiser', await runTool('depcruise', args, root))
    const seen = new Map(modules.map(({ source, dependencies }) => [source, new Set(dependencies.map(({ module }) => bare(module)))]))
    return [
      ...summary.violations.map(
        ({ from, to, rule, cycle }) => `${from}: ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to} (${rule.name})`,
      ),
      ...overlooked('dependency-cruiser', all, new Set(seen.keys())),
      ...all.flatMap((path) =>
        importsOf(readFileSync(join(root, path), 'utf8'))
          .filter((specifier) => !seen.get(path)?.has(specifier))
          .map((specifier) => `${path}: dependency-cruiser did not see its import of '${specifier}'`),
      ),
    ]
  },
}

/** Static imports and re-exports by their look alone: an independent, cruder reader than the one it checks. */
function importsOf(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'$|^import '([^']+)'$/gm)
  return [...statements].map(([, from, effect]) => bare(from ?? effect ?? ''))
}

function bare(specifier: string): string {
  return specifier.replace(/^node:/, '')
}
