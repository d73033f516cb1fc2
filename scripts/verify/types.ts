import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Guard } from './guard.ts'
import { overlooked, sources } from './sources.ts'
import { cacheFolder, runTool } from './tool.ts'

/** tsc over everything that runs in Node, and over the web with the web's own settings. */
export const types: Guard = {
  name: 'types',
  run: async (root) => [
    ...(await check(root, 'tsconfig.json', '{packages/*/src,services/*/src,scripts,test}')),
    ...(existsSync(join(root, 'web/src')) ? await check(root, 'web/tsconfig.json', 'web/src') : []),
  ],
}

async function check(root: string, project: string, within: string): Promise<string[]> {
  const expected = sources(root, within)
  const cache = cacheFolder('tsc', root)
  const memory = cache ? ['--incremental', '--tsBuildInfoFile', join(cache, `${project.replace('/', '-')}.tsbuildinfo`)] : []
  const { code, stdout } = await runTool('tsc', ['-p', project, '--noEmit', '--pretty', 'false', '--listFiles', ...memory], root)
  const lines = stdout.replaceAll(/\n +/g, ' ').split('\n').filter(Boolean)
  const files = new Set(lines.filter((line) => line.startsWith('/')).map((line) => relative(root, line)))
  const findings = lines.filter((line) => !line.startsWith('/'))
  if (code !== 0 && findings.length === 0) findings.push(`${project}: tsc ended with exit code ${code} and said nothing`)
  return [...findings, ...overlooked('tsc', expected, files)]
}
