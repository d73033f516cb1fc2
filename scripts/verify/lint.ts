import { relative } from 'node:path'
import type { Guard } from './guard.ts'
import { overlooked, sources } from './sources.ts'
import { parseReport, runTool } from './tool.ts'

interface FileReport {
  readonly filePath: string
  readonly messages: readonly { readonly ruleId: string | null; readonly line?: number; readonly message: string }[]
}

/** ESLint; its rules need types of other files, so nothing is cached by file. */
export const lint: Guard = {
  name: 'lint',
  run: async (root) => {
    const expected = sources(root)
    const reports = parseReport<FileReport[]>('eslint', await runTool('eslint', ['.', '--format', 'json'], root))
    const findings = reports.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, message }) => `${relative(root, filePath)}:${line ?? 1}: ${message} (${ruleId ?? 'syntax'})`),
    )
    return [...findings, ...overlooked('eslint', expected, new Set(reports.map(({ filePath }) => relative(root, filePath))))]
  },
}
