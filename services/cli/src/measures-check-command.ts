import {
  type CaseOutcome,
  checkDeck,
  type Difference,
  engineName,
  type MeasureGroup,
  type MeasurePackage,
  measureName,
} from '@carecommons/cql'
import { readCases, readMeasurePackage } from './measure-files.ts'
import { profilePrefixes } from './profile-prefixes.ts'
import { answer } from './terminal.ts'
import { withEngine } from './with-engine.ts'

export interface CheckOptions {
  readonly package: string
  readonly prefixes?: string
  readonly cases: string
  readonly json?: true
}

/** `commons measures check`: runs a measure's published cases and tells every difference; ends with 1 when there is one. */
export async function measuresCheckCommand(options: CheckOptions): Promise<void> {
  const { prefixes } = profilePrefixes(process.env, options.prefixes)
  const { cases, broken } = readCases(options.cases)
  const { pkg, groups, outcomes } = await withEngine(prefixes, async (pool) => {
    const read = await readMeasurePackage(pool, options.package)
    return { pkg: read, ...(await checkDeck(pool, read, cases, { supplementalData: options.json ?? false })) }
  })
  for (const outcome of outcomes) {
    if (options.json) answer(JSON.stringify(asJson(outcome, groups)))
    else if (outcome.verdict !== 'passed') for (const line of inWords(outcome, groups)) answer(line)
  }
  for (const { line, id, title, reason } of broken) {
    if (options.json) answer(JSON.stringify({ case: id, title, verdict: 'not run', line, problem: reason }))
    else for (const words of [`not run ${id} ${title}`, `  line ${line}: ${reason}`]) answer(words)
  }
  const count = (verdict: CaseOutcome['verdict']): number => outcomes.filter((one) => one.verdict === verdict).length
  const [passed, undecided, notRun] = [count('passed'), count('undecided'), broken.length]
  // A case that could not be run has not shown that it passes.
  const failed = count('failed') + notRun
  const name = measureName(measureOf(pkg))
  if (options.json) {
    const counts = { passed, failed, undecided, notRun }
    answer(JSON.stringify({ measure: name, version: pkg.version, hash: pkg.hash, engine: engineName(prefixes), ...counts }))
  } else {
    if (notRun > 0) answer(`${name}: ${notRun} of the failed not run: what the deck says of these cases is broken`)
    if (undecided > 0) answer(`${name}: ${undecided} undecided: what these cases expect is in doubt, so they count neither way`)
    answer(`${name}: ${passed} passed, ${failed} failed`)
  }
  if (failed > 0) process.exitCode = 1
}

export const measureOf = ({ bundle }: MeasurePackage) =>
  bundle.entry.map(({ resource }) => resource).find((resource) => resource.resourceType === 'Measure')!

function inWords({ case: one, verdict, differences, problem, groups }: CaseOutcome, definitions: readonly MeasureGroup[]): string[] {
  return [
    `${verdict} ${one.id} ${one.title}`,
    ...(problem ? [`  ${problem}`] : []),
    ...differences.map(
      (difference) => `  ${placeOf(difference)}: expected ${difference.expected}, got ${difference.got ?? 'nothing: the measure has none'}`,
    ),
    ...one.disagreements.map((words) => `  in doubt: ${words}`),
    ...groups.flatMap((membership, index) => {
      const group = definitions[index]!
      if (!differences.some((difference) => difference.group === group.id)) return []
      const held = membership.clauses.map(
        ({ clause, resources }) => `${group.clauses[clause]!}${resources.length > 0 ? ` (${resources.join(', ')})` : ''}`,
      )
      return [`  evidence in ${group.id}: ${held.join('; ') || 'nothing held'}`]
    }),
  ]
}

const placeOf = ({ group, stratum, population }: Difference): string =>
  [group, ...(stratum ? [`stratum ${stratum}`] : []), population].join(', ')

function asJson(
  { case: one, verdict, differences, problem, groups, supplementalData }: CaseOutcome,
  definitions: readonly MeasureGroup[],
): object {
  return {
    ...{ case: one.id, title: one.title, verdict, problem, differences, inDoubt: one.disagreements, supplementalData },
    groups: groups.map((membership, index) => {
      const { id, definition, clauses } = definitions[index]!
      const named = (counts: readonly number[]): object =>
        Object.fromEntries(definition.populations.map(({ id: key, code }, at) => [codeOrId(definition.populations, key, code), counts[at]]))
      return {
        ...{ id, populations: named(membership.counts) },
        ...(definition.observations.length > 0 && {
          observations: definition.observations.map(({ id: key }, at) => ({ id: key, values: membership.observations[at] })),
        }),
        ...(membership.strata.length > 0 && {
          strata: membership.strata.map(({ stratifier, value, counts, problem: why }) => ({
            ...{ id: stratifier, value, populations: named(counts) },
            ...(why && { problem: why }),
          })),
        }),
        held: membership.clauses.map(({ clause, resources }) => ({ definition: clauses[clause], resources })),
        evidence: membership.evidence,
      }
    }),
  }
}

/** Populations go by their code; those of a code that is there twice by their id. */
const codeOrId = (populations: readonly { readonly code: string }[], id: string, code: string): string =>
  populations.filter((population) => population.code === code).length > 1 ? id : code
