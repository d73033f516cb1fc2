import { join } from 'node:path'
import type { Guard } from './guard.ts'
import { cacheFolder, runTool } from './tool.ts'

export const format: Guard = {
  name: 'format',
  run: async (root) => {
    const cache = cacheFolder('prettier', root)
    const memory = cache ? ['--cache', '--cache-strategy', 'content', '--cache-location', join(cache, 'formatted')] : []
    const { code, stdout, stderr } = await runTool('prettier', ['.', '--list-different', ...memory], root)
    if (code > 1) throw new Error(`prettier broke (exit code ${code}):\n${stderr}`)
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((path) => `${path}: not formatted; run: npx prettier --write ${path}`)
  },
}
