import { abilityFor, scopeFor, type Viewer } from '@carecommons/access'
import { keepJobEvent, type NoFigures, payerToShow, readPerformance, readRegionScores, type RegionIdentity } from '@carecommons/domain'
import { newId, systemClock } from '@carecommons/kernel'
import type { Commons } from './open-commons.ts'
import type { Period } from './run-measures.ts'
import { answer, table } from './terminal.ts'

const noPackages = (): never => {
  throw new Error('What a payer pulls holds no package.')
}

/** Prints a run's figures for the region, all payers together. */
export async function printScores({ database }: Commons, runId: string): Promise<void> {
  const rows = await readRegionScores(database, runId)
  for (const line of table(
    ['measure', 'initial population', 'denominator', 'exclusions', 'exceptions', 'numerator', 'rate'],
    rows.map((row) => [
      row.title,
      row.initialPopulation,
      row.denominator,
      row.denominatorExclusion,
      row.denominatorException,
      row.numerator,
      percent(row.numerator, row.denominator - row.denominatorExclusion - row.denominatorException),
    ]),
  )) {
    answer(line)
  }
}

/**
 * Prints what the payer that is shown most pulls: the very use case, scope and database role of its analyst, whether it has one yet or not.
 * Says why when there is nothing to pull.
 */
export async function printPull({ database }: Commons, region: RegionIdentity, computed: Period): Promise<void> {
  const found = await payerToShow(database)
  if (typeof found === 'string') return answer(`\nNo payer pulls anything yet: ${WHY_NOTHING[found](computed)}`)
  const { payerId, ...period } = found
  // Nobody's membership: the command looks.
  const viewer: Viewer = { userId: '', membershipId: '', role: 'payer-analyst', organizationId: payerId, practiceIds: [], patientId: null }
  const pull = await database.within(scopeFor(viewer), async (tx) => {
    const ctx = {
      viewer,
      region,
      ability: abilityFor(viewer),
      clock: systemClock,
      authenticatedAt: null,
      requestId: newId(),
      notes: [],
      kept: { acts: 0 },
      mayFetch: () => false,
      desk: {
        open: noPackages,
        page: noPackages,
        explain: noPackages,
        evaluate: noPackages,
        drafts: noPackages,
        close: () => Promise.resolve(),
      },
      intake: () => Promise.reject(new Error('The command line records nothing.')),
      userName: 'commons',
      guest: null,
      guests: new Map(),
      visit: () => {
        throw new Error('The command line opens no chart.')
      },
      tx: async () => tx,
      write: <T>(work: (inside: typeof tx) => Promise<T>) => work(tx),
    }
    return readPerformance(ctx, period)
  })
  // Noted before anything of it is shown: as the command's look, which nobody's name stands for.
  await database.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    keepJobEvent(db, { action: 'read', subject: 'Performance', subjectIds: pull.runId === null ? [] : [pull.runId] }),
  )
  answer(
    `\nWhat ${pull.payer.name} pulls for its members, ${period.start} to ${period.end} (rows that would show 1 to 10 people are hidden)`,
  )
  const rows = pull.rows.map((row) => [
    row.practice?.name ?? 'Region',
    row.figuresOf === null || row.figuresOf === pull.runId
      ? row.measure.title
      : `${row.measure.title} (as of ${row.figuresAt?.slice(0, 10)})`,
    ...(row.hidden
      ? ['hidden', 'hidden', 'hidden', 'hidden']
      : [row.denominator ?? 0, (row.denominatorExclusion ?? 0) + (row.denominatorException ?? 0), row.numerator ?? 0, rate(row.rate)]),
  ])
  for (const line of table(['', 'measure', 'denominator', 'left out', 'numerator', 'rate'], rows)) answer(line)
  if (pull.rows.every(({ hidden }) => hidden)) answer('Every payer has so few members here that nothing of them is shown.')
}

const WHY_NOTHING: Readonly<Record<NoFigures, (computed: Period) => string>> = {
  'no-charts': () => 'the region has no charts. Import some: npm run -s commons -- import fhir FOLDER',
  'no-payers': () => 'no record names who paid. Import Coverage, Claim or ExplanationOfBenefit resources, then compute the measures again.',
  'no-members': ({ start, end }) =>
    `none of the people that a payer covered is in a measure, ${start} to ${end}. Of older records compute an older year: npm run -s commons -- measures run --year YEAR`,
}

const rate = (value: number | null | undefined): string => (value === null || value === undefined ? '' : `${(value * 100).toFixed(1)} %`)
const percent = (numerator: number, denominator: number): string => (denominator > 0 ? rate(numerator / denominator) : '')
