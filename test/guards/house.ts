import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const settings = ['package.json', 'pnpm-workspace.yaml', 'tsconfig.json', 'tsconfig.base.json', 'knip.json', '.dependency-cruiser.cjs']
const more = ['.prettierrc.json', '.prettierignore', 'web/tsconfig.json', 'web/index.html']

/** A small house in a temporary folder: planted sources under the real settings and manifests of this repository. */
export function buildHouse(repository: string, planted: string): { root: string; [Symbol.dispose](): void } {
  const root = mkdtempSync(join(tmpdir(), 'planted-house-'))
  cpSync(planted, root, { recursive: true })
  for (const file of [...settings, ...more]) copyUnlessThere(join(repository, file), join(root, file))
  symlinkSync(join(repository, 'eslint.config.js'), join(root, 'eslint.config.js'))
  for (const part of globSync(['packages/*', 'services/*', 'web', 'test'], { cwd: root })) furnish(repository, root, part)
  linkModules(repository, root)
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

function furnish(repository: string, root: string, part: string): void {
  copyUnlessThere(join(repository, part, 'package.json'), join(root, part, 'package.json'))
  const { name } = JSON.parse(readFileSync(join(root, part, 'package.json'), 'utf8')) as { name: string }
  const link = join(root, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(join(root, part), link)
}

function copyUnlessThere(from: string, to: string): void {
  if (existsSync(to) || !existsSync(from)) return
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, readFileSync(from))
}

/** Whatever any part of the repository can import, any part of the house can: only the guards stand in the way. */
function linkModules(repository: string, root: string): void {
  const parts = globSync(['packages/*', 'services/*', 'web', 'test'], { cwd: repository })
  const folders = ['.', ...parts]
    .map((part) => join(repository, part, 'node_modules'))
    .concat(join(repository, 'node_modules/.pnpm/node_modules'))
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const entry of readdirSync(folder).filter((name) => !name.startsWith('.') && name !== '@carecommons')) {
      const names = entry.startsWith('@') ? readdirSync(join(folder, entry)).map((name) => `${entry}/${name}`) : [entry]
      for (const name of names) linkUnlessThere(join(folder, name), join(root, 'node_modules', name))
    }
  }
}

function linkUnlessThere(from: string, to: string): void {
  if (existsSync(to)) return
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}
