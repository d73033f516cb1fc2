import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { madeUpFolder } from './made-up-folder.ts'

test('what a killed process left is removed, what a living one works with stays', async () => {
  const data = mkdtempSync(join(tmpdir(), 'carecommons-made-up-'))
  const [dead, living] = [spawnSync('true').pid, process.ppid]
  for (const pid of [dead, living]) {
    mkdirSync(join(data, `made-up-${pid}`))
    writeFileSync(join(data, `made-up-${pid}`, 'Patient.ndjson'), '{}\n')
  }
  mkdirSync(join(data, 'postgres'))
  expect(await madeUpFolder(data)).toBe(join(data, `made-up-${process.pid}`))
  expect(readdirSync(data).sort()).toEqual([`made-up-${living}`, `made-up-${process.pid}`, 'postgres'].sort())
  rmSync(data, { recursive: true })
})
