import { join } from 'node:path'
import { fixture } from '../support/fixtures.ts'
import type { Bench, Row } from './bench.ts'
import { figure, type Figure } from './figure.ts'
import { runLane, type LaneResult } from './measures/lane.ts'

const PEER = 'fqm-execution'
const JUDGED = ['CMS122', 'CMS165', 'CMS138', 'CMS2']
const ROUNDS = 5
/** A round takes either lane some seconds: neither is measured while its code is still being compiled. */
const OURS = { copies: 50, parts: 12 }
const THEIRS = { copies: 3, parts: 1 }
const EXTRA_LABS = 100

/** Published decks, replicated, from NDJSON text to populations with evidence: patients per CPU second beside the reference engine. */
export const measuresBench: Bench = async (say) => {
  const folder = fixture('measures')
  if (!folder) throw new Error('The published measures are not here: COMMONS_FIXTURES names the folder that holds measures/.')
  const pairs: Pair[] = []
  for (const name of JUDGED) pairs.push(await race(join(folder, name), name, 0, say))
  const laden = await race(join(folder, JUDGED[0]!), `${JUDGED[0]!} with ${EXTRA_LABS} more labs`, EXTRA_LABS, say)
  const slowest = pairs.toSorted((a, b) => ratio(a) - ratio(b))[0]!
  return {
    rows: [...pairs, laden].flatMap(rowsOf),
    verdict: { peer: PEER, ours: rate(slowest.ours).median, theirs: rate(slowest.theirs).median, unit: 'patients per CPU second' },
    notes: [
      ...[...pairs, laden].map((pair) => `${pair.name}: ${Math.round(ratio(pair)).toLocaleString('en-US')} times ${PEER}`),
      `Ids of every replica are its own, years those of its part; text is parsed and evidence kept inside the time; the answers of both are the same.`,
    ],
  }
}

interface Pair {
  readonly name: string
  readonly ours: LaneResult
  readonly theirs: LaneResult
}

async function race(folder: string, name: string, labs: number, say: (line: string) => void): Promise<Pair> {
  const ours = await runLane('our-engine-process.ts', {
    folder,
    labs,
    ...OURS,
    ...(labs > 0 && { copies: OURS.copies / 10 }),
    rounds: ROUNDS,
  })
  say(`${name}: ours ${Math.round(rate(ours).median).toLocaleString('en-US')} patients per CPU second`)
  const theirs = await runLane('fqm-process.ts', { folder, labs, ...THEIRS, ...(labs > 0 && { copies: 1 }), rounds: ROUNDS })
  say(`${name}: ${PEER} ${rate(theirs).median.toFixed(1)}`)
  expectSame(name, ours, theirs)
  return { name, ours, theirs }
}

/** A bench whose answers differ measures nothing. */
function expectSame(name: string, ours: LaneResult, theirs: LaneResult): void {
  if (ours.wrong > 0) throw new Error(`${name}: ${ours.wrong} of ${ours.patients} charts have other populations than the deck expects.`)
  // Both have the deck in the same order, over and over.
  const different = theirs.answers.findIndex((answer, index) => answer.join('|') !== ours.answers[index]!.join('|'))
  if (different >= 0 || theirs.wrong > 0) {
    throw new Error(`${name}: the engines do not give the same populations (${theirs.wrong} of theirs are not as expected).`)
  }
}

const rate = ({ patientsPerCpuSecond }: LaneResult): Figure => figure(...patientsPerCpuSecond)
const ratio = ({ ours, theirs }: Pair): number => rate(ours).median / rate(theirs).median

const rowsOf = ({ name, ours, theirs }: Pair): Row[] => [
  { name, ours: rate(ours), unit: 'patients per CPU second', beside: { name: PEER, figure: rate(theirs) } },
  { name: '  peak memory', ours: figure(ours.peakMegabytes), unit: 'MB', beside: { name: PEER, figure: figure(theirs.peakMegabytes) } },
]
