import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guard } from '../../scripts/verify/guard.ts'
import { guards } from '../../scripts/verify/guards.ts'
import { repository } from '../../scripts/verify/tool.ts'
import { buildHouse } from './house.ts'

/**
 * A guard nobody saw fail is no guard. Each folder of planted/ is a small house with violations of one guard; each planted
 * file says after `planted:` what the guard must say about it. Files without that word must be left in peace.
 */
export const plantedViolations: Guard = {
  name: 'planted-violations',
  run: async () => {
    const findings: string[] = []
    for (const guard of guards) findings.push(...(await judge(guard)))
    return findings
  },
}

async function judge(guard: Guard): Promise<string[]> {
  const planted = join(repository, 'test/guards/planted', guard.name)
  const files = globSync('**/*.*', { cwd: planted }).sort()
  const marks = files.flatMap((file) => marksIn(readFileSync(join(planted, file), 'utf8')).map((text) => ({ file, text })))
  if (marks.length === 0) return [`${guard.name}: nothing is planted for it in test/guards/planted`]

  using house = buildHouse(repository, planted)
  const found = await guard.run(house.root)
  const expected = (finding: string): boolean => marks.some((mark) => matches(mark, finding))
  return [
    ...marks
      .filter((mark) => !found.some((finding) => matches(mark, finding)))
      .map(({ file, text }) => `${guard.name}: did not say '${text}' about the planted ${file}`),
    // Manifests of a planted house name far more than its few sources use; only what is said about sources is judged.
    ...found
      .filter((finding) => /^[^:(]*[.]tsx?\b/.test(finding) && !expected(finding))
      .map((finding) => `${guard.name}: accuses without reason: ${finding}`),
  ]
}

function marksIn(text: string): string[] {
  return [...text.matchAll(/\bplanted:? *"?:? *"?(.+?)"?,?$/gm)].map(([, words]) => words ?? '')
}

function matches({ file, text }: { file: string; text: string }, finding: string): boolean {
  return finding.startsWith(text) || (finding.startsWith(file) && finding.includes(text))
}
