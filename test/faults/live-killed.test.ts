// A worker is killed while it carries new records into the figures of this year; whoever takes over ends where a whole run ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redisMissing } from '../support/redis.ts'
import { backends, checksums, heldAt, openRig, outcome, type Rig, until } from './metric/rig.ts'

const YEAR = new Date().getUTCFullYear()

test.each(backends)(
  'killed while it opens the live year and while it counts its gaps, queue on %s',
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('the live year whose worker is killed, queue on Redis')
    try {
      const first = await rig.startWorker()
      const frozen = await computed(rig)
      expect(await first.end()).toBe(0)
      const before = await checksums(rig, frozen)
      await send(rig)
      // Places, scores and open gaps move in one transaction: of one that is cut short nothing stays.
      for (const table of ['measure_membership', 'patient_summary']) {
        const { worker, letGo } = await heldAt(rig, table)
        await worker.kill()
        await letGo()
        expect(await published(rig)).toBe(frozen)
      }
      const worker = await rig.startWorker()
      const waiting = 'select from changed_chart where not evaluated'
      await until('everything is followed', async () => (await rig.sql(waiting)).length === 0, 60_000)
      const live = await published(rig)
      expect(live).not.toBe(frozen)
      const [figures, gaps] = [await followed(rig, live), await openGaps(rig)]
      expect(figures).not.toEqual(await followed(rig, frozen))

      const whole = await computed(rig)
      expect(await followed(rig, whole)).toEqual(figures)
      expect(await openGaps(rig)).toEqual(gaps)
      expect(await worker.end()).toBe(0)
      expect(await checksums(rig, frozen)).toEqual(before)
    } finally {
      await rig.close()
    }
  },
  240_000,
)

/** A whole run over this year, published. */
async function computed(rig: Rig): Promise<string> {
  const runId = await rig.request(YEAR)
  expect(await outcome(rig, runId, 60_000)).toEqual({ state: 'published', failure: null })
  return runId
}

async function published({ sql }: Rig): Promise<string> {
  const [publication] = await sql<{ run_id: string }>('select run_id from publication where period_start = $1', [`${YEAR}-01-01`])
  return publication!.run_id
}

/** What follows records; payers' figures do not. */
async function followed(rig: Rig, runId: string): Promise<unknown[]> {
  const { measure_membership, score } = await checksums(rig, runId)
  return [measure_membership, score]
}

const openGaps = ({ sql }: Rig) => sql('select patient_id, open_gaps from patient_summary order by 1')

/** For everybody a visit and an HbA1c of this year, for a third of them diabetes. */
async function send(rig: Rig): Promise<void> {
  const charts = await rig.sql<{ fhirId: string }>('select fhir_id as "fhirId" from patient order by fhir_id')
  const concept = (system: string, code: string) => ({ coding: [{ system, code }] })
  const of = (make: (fhirId: string, index: number) => object | null): string =>
    charts
      .flatMap(({ fhirId }, index) => make(fhirId, index) ?? [])
      .map((one) => JSON.stringify(one))
      .join('\n')
  const folder = mkdtempSync(join(tmpdir(), 'commons-live-'))
  const day = `${YEAR}-01-01`
  writeFileSync(
    join(folder, 'Encounter.ndjson'),
    of((fhirId, index) => ({
      ...{ resourceType: 'Encounter', id: `live-visit-${index}`, status: 'finished', subject: { reference: `Patient/${fhirId}` } },
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      period: { start: day, end: day },
    })),
  )
  writeFileSync(
    join(folder, 'Observation.ndjson'),
    of((fhirId, index) => ({
      ...{ resourceType: 'Observation', id: `live-a1c-${index}`, status: 'final', subject: { reference: `Patient/${fhirId}` } },
      code: concept('http://loinc.org', '4548-4'),
      effectiveDateTime: day,
      valueQuantity: { value: 5 + (index % 60) / 10, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    })),
  )
  writeFileSync(
    join(folder, 'Condition.ndjson'),
    of((fhirId, index) =>
      index % 3 > 0
        ? null
        : {
            ...{ resourceType: 'Condition', id: `live-diabetes-${index}`, subject: { reference: `Patient/${fhirId}` } },
            code: concept('http://hl7.org/fhir/sid/icd-10-cm', 'E11.9'),
            clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
            onsetDateTime: '2019-02-03',
          },
    ),
  )
  await rig.commons('import', 'fhir', folder)
  rmSync(folder, { recursive: true })
}
