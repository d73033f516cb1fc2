// fqm-execution with the same texts: parsing, calculation, detailed results; narrative and supplemental data off, as its users run it for many.
import { Calculator } from 'fqm-execution'
import { expectedOf, measureLane, populationsIn, type Answer, type LaneTask } from './lane.ts'
import { readDeckFiles, replicate, type Replica } from './replicated-deck.ts'

process.once('message', (task: LaneTask) => void run(task))

type Bundle = Parameters<typeof Calculator.calculate>[0]

async function run(task: LaneTask): Promise<void> {
  const deck = readDeckFiles(task.folder)
  const measure = JSON.parse(deck.package) as Bundle
  const prepare = (part: number): { input: Replica; expected: Answer[] } => {
    const input = withProfiles(replicate(deck, { part, copies: task.copies, labs: task.labs }))
    return { input, expected: expectedOf(input) }
  }
  await measureLane(task, prepare, async ({ period, charts }) => {
    const bundles = charts.map(({ ndjson }) => bundleOf(ndjson))
    const { results } = await Calculator.calculate(measure, bundles, {
      measurementPeriodStart: `${period.start}T00:00:00.000+00:00`,
      measurementPeriodEnd: `${period.end}T23:59:59.999+00:00`,
      ...{ calculateHTML: false, calculateSDEs: false, trustMetaProfile: deck.trustsProfiles },
    })
    const byPatient = new Map(results.map((result) => [result.patientId, result]))
    return charts.map(({ id }) =>
      (byPatient.get(id)?.detailedResults ?? []).map(({ populationResults = [] }) =>
        populationsIn(populationResults.map(({ populationType, result }) => [populationType, result ? 1 : 0])),
      ),
    )
  })
}

function bundleOf(ndjson: string): Bundle {
  const entry = ndjson.split('\n').map((line) => ({ resource: JSON.parse(line) as { resourceType: string; id?: string } }))
  return { resourceType: 'Bundle', type: 'collection', entry } as Bundle
}

/** Ours maps the prefixes of profiles and extensions as it reads; the peer cannot, so its texts have them mapped before the clock runs. */
const withProfiles = (replica: Replica): Replica => ({
  ...replica,
  charts: replica.charts.map(({ id, ndjson }) => ({
    id,
    ndjson: ndjson.replace(
      /http:\/\/fhir\.org\/guides\/(?:astp|onc)\/us-quality-core\/StructureDefinition\/us-quality-core-/g,
      'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-',
    ),
  })),
})
