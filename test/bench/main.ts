// `npm run -s bench -- NAME [--json]`: measures and prints a table; with --json the last line is the verdict for programs.
import { table } from '../../services/cli/src/terminal.ts'
import type { Bench } from './bench.ts'
import { inWords } from './figure.ts'
import { calibrationInWords, describeMachine } from './machine.ts'

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  allocation: async () => (await import('./allocation.ts')).allocationBench,
  access: async () => (await import('./access.ts')).accessBench,
  import: async () => (await import('./import.ts')).importBench,
  region: async () => (await import('./region.ts')).regionBench,
  registry: async () => (await import('./registry.ts')).registryBench,
  live: async () => (await import('./live.ts')).liveBench,
  measures: async () => (await import('./measures.ts')).measuresBench,
}

const [name = '', ...options] = process.argv.slice(2)
const load = benches[name]
if (!load || options.some((option) => option !== '--json')) {
  console.error(`Usage: npm run -s bench -- NAME [--json]\nBenches: ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}

const machine = describeMachine()
const { rows, verdict, notes } = await (await load())((line) => console.error(line))
console.log(machine)
console.log(calibrationInWords())
const cells = rows.map(({ name, ours, unit, beside }) => [
  name,
  inWords(ours),
  unit,
  beside ? `${inWords(beside.figure)} ${beside.name}` : '',
])
for (const line of table([name, 'median (spread)', 'unit', 'beside it'], cells)) console.log(line)
for (const note of notes) console.log(note)
const ratio = Number((verdict.ours / verdict.theirs).toPrecision(4))
if (options.includes('--json')) {
  const { peer, ours, theirs, unit } = verdict
  console.log(JSON.stringify({ bench: name, peer, ratio, ours: Math.round(ours), theirs: Math.round(theirs), unit }))
} else console.log(`${ratio} of ${verdict.peer}`)
