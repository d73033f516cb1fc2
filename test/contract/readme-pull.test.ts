import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { systemClock } from '@carecommons/kernel'
import { exportPKCS8 } from 'jose'
import { openTestApi } from '../support/api.ts'
import { registered } from '../support/systems.ts'

test("the README's key set is the key's public part; its program gets its token and pulls", async () => {
  // The program runs by the clock of this machine.
  const api = await openTestApi({ clock: systemClock })
  // Beside the tests, where its one dependency is found.
  const cache = resolve(import.meta.dirname, '../node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'pull-'))
  try {
    const { clientId, key } = await registered(await api.signedIn('administrator'), { organizationId: api.world.payers.pine })
    const readme = readFileSync(resolve(import.meta.dirname, '../../services/api/README.md'), 'utf8')
    const program = /```js\n([^]*?)```/.exec(readme)![1]!
    const filled = program.replace('http://localhost:4000', api.url).replace('<client id>', clientId).replace('<key id>', key.kid)
    writeFileSync(join(folder, 'pull.mjs'), filled)
    writeFileSync(join(folder, 'private-key.pem'), await exportPKCS8(key.privateKey))
    const run = promisify(execFile)
    const expression = /```sh\n.*\nnode -p "(.*)"\n```/.exec(readme)![1]!
    const keySet: unknown = JSON.parse((await run(process.execPath, ['-p', expression], { cwd: folder })).stdout)
    const { kty, crv, x, y } = key.jwk
    expect(keySet).toEqual({ keys: [{ kty, crv, x, y, kid: 'pull-1', alg: 'ES384', use: 'sig' }] })
    const { stdout } = await run(process.execPath, ['pull.mjs'], { cwd: folder })
    expect(stdout).toMatch(/^\uFEFF?[\w" ]+,/)
    expect(stdout).toContain('Alder Family Practice')
    expect(stdout).not.toContain('Quill')
  } finally {
    rmSync(folder, { recursive: true })
    await api.close()
  }
})
