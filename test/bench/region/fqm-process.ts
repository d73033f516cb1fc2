// fqm-execution over charts as texts: parsing, calculation, detailed results; narrative and supplemental data off, as its users run it for many.
import { readFileSync, writeFileSync } from 'node:fs'
import { Calculator } from 'fqm-execution'
import { populationsIn } from '../measures/lane.ts'

export interface PeerTask {
  readonly packages: readonly object[]
  readonly charts: readonly { readonly id: string; readonly resources: readonly string[] }[]
  readonly period: { readonly start: string; readonly end: string }
}

export interface PeerResult {
  readonly cpuSeconds: number
  /** By package, then chart: the populations it is in, of each group. */
  readonly answers: readonly (readonly string[])[]
}

type Bundle = Parameters<typeof Calculator.calculate>[0]

const [taskFile, resultFile] = process.argv.slice(2) as [string, string]
const { packages, charts, period } = JSON.parse(readFileSync(taskFile, 'utf8')) as PeerTask

async function calculate(measure: object, some: PeerTask['charts']): Promise<string[]> {
  const bundles = some.map(({ resources }) => bundleOf(resources))
  const { results } = await Calculator.calculate(measure as Bundle, bundles, {
    measurementPeriodStart: `${period.start}T00:00:00.000+00:00`,
    measurementPeriodEnd: `${period.end}T23:59:59.999+00:00`,
    ...{ calculateHTML: false, calculateSDEs: false },
  })
  const byPatient = new Map(results.map((result) => [result.patientId, result]))
  return some.map(({ id }) =>
    (byPatient.get(id)?.detailedResults ?? [])
      .map(({ populationResults = [] }) =>
        populationsIn(populationResults.map(({ populationType, result }) => [populationType, result ? 1 : 0])),
      )
      .join('|'),
  )
}

function bundleOf(resources: readonly string[]): Bundle {
  const entry = resources.map((text) => ({ resource: JSON.parse(text) as { resourceType: string; id?: string } }))
  return { resourceType: 'Bundle', type: 'collection', entry } as Bundle
}

for (const measure of packages) await calculate(measure, charts.slice(0, 2))
const before = process.cpuUsage()
const answers: string[][] = []
for (const measure of packages) answers.push(await calculate(measure, charts))
const { user, system } = process.cpuUsage(before)
writeFileSync(resultFile, JSON.stringify({ cpuSeconds: (user + system) / 1e6, answers } satisfies PeerResult))
