import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { newId } from '@carecommons/kernel'
import { Client } from 'pg'
import { startCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'

const repository = resolve(import.meta.dirname, '../..')

test('somebody who stops reading what a command answers ends nothing, and reads of no fault', async () => {
  const command = 'node --import ./scripts/typescript.mjs services/cli/src/main.ts --help | true; echo "${PIPESTATUS[0]}"'
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command], {
    cwd: repository,
    env: { ...process.env, PATH: `${resolve(process.execPath, '..')}:${process.env.PATH}` },
  })
  expect([stdout, stderr]).toEqual(['0\n', ''])
}, 60_000)

test('doctor tells of imports that did not end and of records that a worker gave up protecting, and what to do', async () => {
  const place = await testDatabase()
  const owner = new Client(place.ownerUrl)
  await owner.connect()
  const doctor = async (): Promise<string> => {
    const running = startCommons(['doctor'], place.env)
    await running.ended
    return running.answers()
  }
  try {
    expect(await doctor()).not.toMatch(/^Import/m)
    const [region, run, file] = [newId(), newId(), newId()]
    await owner.query(
      `insert into import_run (id, region_id, fingerprint, state, started_at) values ($1, $2, 'f', 'running', '2026-03-01T10:20:30Z')`,
      [run, region],
    )
    await owner.query(
      `insert into import_file (id, import_run_id, ordinal, name, done, counts) values ($1, $3, 1, '/in/a.ndjson', true, '{}'), ($2, $3, 2, '/in/b.ndjson', false, '{}')`,
      [newId(), file, run],
    )
    await owner.query(`insert into import_pending (import_file_id, line, content) values ($1, 1, ''), ($1, 2, '')`, [file])
    const begun = 'Import         begun 2026-03-01 10:20 UTC, 1 of 2 files read, 2 lines wait for their patient'
    expect(await doctor()).toContain(`${begun}, interrupted: the same command over /in/a.ndjson … goes on from there\n`)
    await owner.query(`select pg_advisory_lock(hashtext('commons import'))`)
    expect(await doctor()).toContain(`${begun}, under way\n`)
    const later = newId()
    await owner.query(
      `insert into import_run (id, region_id, fingerprint, state, started_at, finished_at) values ($1, $2, 'g', 'finished', now(), now())`,
      [later, region],
    )
    const readAgain = (ordinal: number, name: string) =>
      owner.query(`insert into import_file (id, import_run_id, ordinal, name, done, counts) values ($1, $2, $3, $4, true, '{}')`, [
        ...[newId(), later],
        ...[ordinal, name],
      ])
    await readAgain(1, '/in/a.ndjson')
    expect(await doctor()).toContain(begun)
    await readAgain(2, '/in/b.ndjson')
    expect(await doctor()).not.toMatch(/^Import/m)
    const practice = newId()
    await owner.query(`insert into region (id, name, time_zone, is_demo, created_at) values ($1, 'R', 'UTC', false, now())`, [region])
    await owner.query(
      `insert into organization (id, region_id, kind, name, slug, created_at, part2_program) values ($1, $2, 'practice', 'Elm Clinic', 'elm', now(), true)`,
      [practice, region],
    )
    await owner.query(
      `insert into job (id, name, subject_id, practice_id, state, created_at, failure) values ($1, 'record.label', $2, $2, 'failed', now(), 'Quote 7.')`,
      [newId(), practice],
    )
    expect(await doctor()).toMatch(/^Wrong: records of Elm Clinic are not protected .* Quote 7\. Again: commons organizations part2 elm$/m)
  } finally {
    await owner.end()
    await place.drop()
  }
}, 60_000)
