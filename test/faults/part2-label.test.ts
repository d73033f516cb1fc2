// A practice declared a program under 42 CFR Part 2 hides what it already has at once; a worker that is killed at it begins anew.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { openTestApi, type TestApi } from '../support/api.ts'
import { openMailServer } from '../support/mail-server.ts'
import { until } from './metric/rig.ts'

const CHART = `query ($id: ID!) { patient(id: $id) { familyName latestA1c { value } resourceCount openGapCount problems { text } medications { text }
  encounters { text } conditions { key } gaps { measure { id } } } }`
const LIST = '{ patients(condition: "diabetes") { totalCount } }'

test('hardening 59: records already here are hidden at once, also after a worker was killed at it, and the next practice is left alone', async () => {
  const api = await openTestApi()
  const mail = await openMailServer({})
  const workers: ChildProcess[] = []
  try {
    const { alder, birch } = api.world.practices
    const [clinician, elsewhere] = [await api.signedIn('alderClinician'), await api.signedIn('birchClinician')]
    const id = api.world.charts.alder[0]
    const theirs = async () => (await elsewhere.ask(CHART, { id: api.world.charts.birch[0] })).text
    const [before, others] = [(await clinician.ask(CHART, { id })).data.patient, await theirs()]
    expect(before.problems.length).toBeGreaterThan(0)
    expect((await clinician.ask(LIST)).data.patients.totalCount).toBeGreaterThan(0)

    const administrator = await api.signedIn('administrator')
    const [{ version }] = (await api.sql('select version from organization where id = $1', [alder])) as [{ version: number }]
    const { data } = await administrator.ask(
      'mutation ($input: SetPart2ProgramInput!) { setPart2Program(input: $input) { __typename ... on Refused { message } } }',
      { input: { id: alder, isPart2Program: true, version } },
    )
    expect(data.setPart2Program).toEqual({ __typename: 'MemberOrganization' })
    // The worker comes to a row that somebody holds, and dies waiting.
    await api.sql('begin')
    await api.sql('select from patient_summary where practice_id = $1 for update', [alder])
    const first = startWorker(api, mail.url)
    workers.push(first)
    await until('the worker is at it', () => isWaiting(api), 60_000)
    first.kill('SIGKILL')
    await once(first, 'close')
    await api.sql('rollback')
    expect((await clinician.ask(CHART, { id })).data.patient).toEqual(before)

    workers.push(startWorker(api, mail.url))
    await until('the records are labelled', () => isDone(api), 120_000)
    expect((await clinician.ask(CHART, { id })).data.patient).toEqual({
      familyName: before.familyName,
      latestA1c: null,
      resourceCount: expect.any(Number),
      openGapCount: expect.any(Number),
      problems: [],
      medications: [],
      encounters: [],
      conditions: [],
      gaps: expect.any(Array),
    })
    expect((await clinician.ask(LIST)).data.patients.totalCount).toBe(0)
    const left = await api.sql(
      `select 'fact' as what from clinical_fact where practice_id = $1 and sensitivity is distinct from 'part2'
        union all select 'version' from resource_version where practice_id = $1 and type <> 'Patient' and sensitivity is distinct from 'part2'
        union all select 'condition' from patient_condition where practice_id = $1 and sensitivity is distinct from 'part2'
        union all select 'membership' from measure_membership where practice_id = $1 and sensitivity is distinct from 'part2'
                     and exists (select from unnest(evidence) r where r not like 'Patient/%')
        union all select 'summary' from patient_summary where practice_id = $1 and (a1c is not null or last_visit_on is not null or condition_count > 0)`,
      [alder],
    )
    expect(left).toEqual([])
    expect(await theirs()).toBe(others)
    expect(await api.sql(`select from clinical_fact where practice_id = $1 and sensitivity is not null`, [birch])).toEqual([])
  } finally {
    for (const worker of workers)
      if (worker.exitCode === null && worker.signalCode === null) {
        const closed = once(worker, 'close')
        worker.kill('SIGKILL')
        await closed
      }
    await mail.close()
    await api.close()
  }
}, 240_000)

const isDone = async (api: TestApi) => (await api.sql(`select state from job where name = 'record.label'`))[0]!['state'] === 'done'

async function isWaiting(api: TestApi): Promise<boolean> {
  // Inside of a transaction the view is read once.
  await api.sql('select pg_stat_clear_snapshot()')
  const waiting = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%patient_summary%'`
  return (await api.sql(waiting)).length > 0
}

function startWorker(api: TestApi, mailUrl: string): ChildProcess {
  return spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'test/faults/metric/worker-process.ts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, APP_URL: api.appUrl, QUEUE: JSON.stringify(api.queue), COMMONS_SMTP_URL: mailUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
