import type { Guard } from './guard.ts'
import { parseReport, runTool } from './tool.ts'

type Issue = { readonly file: string } & Readonly<Record<string, unknown>>

/** knip: unused files, exports, types and dependencies, and dependencies used without being declared. */
export const deadCode: Guard = {
  name: 'dead-code',
  run: async (root) => {
    const report = parseReport<{ issues: Issue[] }>('knip', await runTool('knip', ['--reporter', 'json', '--no-progress'], root))
    return report.issues.flatMap(({ file, owners: _, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, found]) => (Array.isArray(found) ? found : []).map((one) => `${file}: ${kind}: ${named(one)}`)),
    )
  },
}

function named(issue: unknown): string {
  if (Array.isArray(issue)) return issue.map(named).join(', ')
  return typeof issue === 'object' && issue !== null && 'name' in issue ? String(issue.name) : JSON.stringify(issue)
}
