import { fork } from 'node:child_process'
import { join } from 'node:path'
import { repository } from './tool.ts'

type Answer<Value> = { readonly value: Value } | { readonly missing: true } | { readonly broken: string }

/** Calls an exported function without arguments in a process of its own, so that what it loads and opens ends with it. */
export function callExport<Value>(file: string, name: string): Promise<Answer<Value>> {
  return new Promise((resolve, reject) => {
    const loader = join(repository, 'scripts', 'typescript.mjs')
    const child = fork(join(import.meta.dirname, 'ask.ts'), [file, name], { execArgv: ['--import', loader], silent: true })
    let said = ''
    let answer: Answer<Value> | undefined
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.on('message', (message) => (answer = message as Answer<Value>))
    child.on('error', reject)
    child.on('close', () => resolve(answer ?? { broken: said }))
  })
}
