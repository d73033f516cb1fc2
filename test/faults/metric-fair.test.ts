// A practice of fifty thousand charts has a run of its own size; the practice beside it does not wait for that.
import { redisMissing } from '../support/redis.ts'
import { backends, openRig, type Rig, until } from './metric/rig.ts'

const MANY = 50_000
/** Of the large practice in a run, some more for the charts that it has besides. */
const CHUNKS = MANY / 500
/** Of the large practice's chunks, so many may be evaluated while the small one waits: half a second of work each. */
const BEFORE_IT = 10

const FACT = `beside a practice of ${MANY} charts a small one has its turn at once, in a run and in one that is asked for behind it`

test.each(backends)(
  `${FACT}, queue on %s`,
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing(`${FACT}, queue on Redis`)
    try {
      const [large, small] = await rig.sql<{ id: string }>('select practice_id as id from patient group by 1 order by count(*) desc, 1')
      await grow(rig, large!.id)
      const worker = await rig.startWorker()
      const waiting = async () =>
        (
          await rig.sql<{ chunks: number }>(
            'select count(*)::int as chunks from metric_chunk where practice_id = $1 and finished_at is null',
            [large!.id],
          )
        )[0]!.chunks
      for (const year of [2020, 2019]) {
        const before = await waiting()
        const runId = await rig.request(year)
        const finished = `select from metric_chunk where run_id = $1 and practice_id = $2 and finished_at is not null`
        await until('the small practice is evaluated', async () => (await rig.sql(finished, [runId, small!.id])).length === 1, 60_000)
        const left = await waiting()
        expect(left).toBeGreaterThan(MANY / 1000)
        expect(before + CHUNKS - left).toBeLessThan(BEFORE_IT)
      }
      await worker.kill()
    } finally {
      await rig.close()
    }
  },
  180_000,
)

/** Charts that hold a Patient and nothing else. */
async function grow({ sql }: Rig, practiceId: string): Promise<void> {
  const more = `(select md5('chart ' || n)::uuid as id, md5('person ' || n)::uuid as person_id, 'one-of-many-' || n as fhir_id
                   from generate_series(1, ${MANY}) n) more`
  await sql(`insert into person (id, created_at) select person_id, now() from ${more}`)
  await sql(
    `insert into patient (id, practice_id, person_id, fhir_id, family_name, given_name, birth_date, deceased)
     select id, $1, person_id, fhir_id, 'Many', 'One', '1960-01-01', false from ${more}`,
    [practiceId],
  )
  await sql(
    `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line)
     select $1, id, 'Patient', fhir_id, 0, '', '{}', '{"resourceType":"Patient","id":"' || fhir_id || '","birthDate":"1960-01-01"}',
            uuidv7(), 1 from ${more}`,
    [practiceId],
  )
}
