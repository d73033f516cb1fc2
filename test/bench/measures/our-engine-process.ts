// Ours: from NDJSON texts to memberships with evidence, in one thread.
import { openCompiler, openPackage } from '@carecommons/cql'
import { expectedOf, measureLane, populationsIn, type Answer, type LaneTask } from './lane.ts'
import { readDeckFiles, replicate, type Replica } from './replicated-deck.ts'

process.once('message', (task: LaneTask) => void run(task))

async function run(task: LaneTask): Promise<void> {
  const deck = readDeckFiles(task.folder)
  const reading = await openPackage(Buffer.from(deck.package))
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  const measure = openCompiler().load(reading.package)
  const prepare = (part: number): { input: Replica; expected: Answer[] } => {
    const input = replicate(deck, { part, copies: task.copies, labs: task.labs })
    return { input, expected: expectedOf(input) }
  }
  await measureLane(task, prepare, async ({ period, charts }) => {
    const opened = charts.map(({ id, ndjson }) => ({ id, resources: ndjson.split('\n') }))
    const results = await measure.evaluate(opened, { ...period, offsetMinutes: 0 })
    return results.map(({ groups, problem }) => {
      if (problem) throw new Error(problem)
      return groups.map(({ counts, evidence, clauses }, index) => {
        if (counts[0]! > 0 && evidence.length === 0 && clauses.length === 0) throw new Error('A membership came without evidence.')
        return populationsIn(measure.groups[index]!.definition.populations.map(({ code }, at) => [code, counts[at]!]))
      })
    })
  })
}
