import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { populationsIn } from '../measures/lane.ts'
import type { PeerResult, PeerTask } from './fqm-process.ts'
import type { SeededRegion } from './seeded-region.ts'

/** How fast the peer places some charts of a run in all of its measures; throws when it places one of them elsewhere. */
export async function peerRate(region: SeededRegion, runId: string, sample: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'commons-peer-'))
  try {
    const { task, ours } = await sampled(region, runId, sample)
    const [taskFile, resultFile] = [join(folder, 'task.json'), join(folder, 'result.json')]
    writeFileSync(taskFile, JSON.stringify(task))
    const child = spawn(
      process.execPath,
      ['--import', './scripts/typescript.mjs', join(import.meta.dirname, 'fqm-process.ts'), taskFile, resultFile],
      {
        env: { ...process.env, TZ: 'UTC' },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    // What it does not find in its models it tells line after line; it is heard only when it fails.
    const [complaints, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
    if (code !== 0) throw new Error(complaints.slice(-2000))
    const { cpuSeconds, answers } = JSON.parse(readFileSync(resultFile, 'utf8')) as PeerResult
    const wrong = answers.flatMap((of, measure) => of.filter((answer, chart) => answer !== ours[measure]![chart])).length
    if (wrong > 0) throw new Error(`fqm-execution places ${wrong} of ${sample} charts in other populations than the run did.`)
    return (task.packages.length * task.charts.length) / cpuSeconds
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface ChartRow {
  readonly id: string
  readonly fhirId: string
  readonly resources: string[]
}

interface PlaceRow {
  readonly patientId: string
  readonly measureId: string
  readonly counts: Record<string, number>
}

async function sampled({ sql }: SeededRegion, runId: string, sample: number): Promise<{ task: PeerTask; ours: string[][] }> {
  const [run] = await sql<{ start: string; end: string; watermark: string }>(
    `select period_start::text as start, period_end::text as end, watermark from metric_run where id = $1`,
    [runId],
  )
  const packages = await sql<{ id: string; bundle: string }>(
    `select k.measure_id as id, k.bundle from metric_run r join measure_package k on k.hash = any (r.package_hashes) where r.id = $1 order by 1`,
    [runId],
  )
  // Spread over all practices, and the same ones each time.
  const charts = await sql<ChartRow>(
    `select p.id, p.fhir_id as "fhirId", array_agg(v.content order by v.type, v.fhir_id) as resources
       from (select * from patient order by md5(fhir_id) limit $1) p
       join resource_version v on v.practice_id = p.practice_id and v.patient_id = p.id
      where v.watermark <= $2 and (v.superseded_at is null or v.superseded_at > $2) and not v.withdrawn group by p.id, p.fhir_id`,
    [sample, run!.watermark],
  )
  const places = await sql<PlaceRow>(
    `select patient_id as "patientId", measure_id as "measureId",
            jsonb_build_object('initial-population', initial_population, 'denominator', denominator, 'denominator-exclusion', denominator_exclusion,
                               'denominator-exception', denominator_exception, 'numerator', numerator) as counts
       from measure_membership where run_id = $1 and patient_id = any ($2::uuid[]) order by group_index`,
    [runId, charts.map(({ id }) => id)],
  )
  const groups = Map.groupBy(places, ({ patientId, measureId }) => `${patientId} ${measureId}`)
  const ours = packages.map(({ id }) =>
    charts.map((chart) =>
      (groups.get(`${chart.id} ${id}`) ?? [{ counts: {} }]).map(({ counts }) => populationsIn(Object.entries(counts))).join('|'),
    ),
  )
  return {
    task: {
      packages: packages.map(({ bundle }) => JSON.parse(bundle) as object),
      charts: charts.map(({ fhirId, resources }) => ({ id: fhirId, resources })),
      period: { start: run!.start, end: run!.end },
    },
    ours,
  }
}
