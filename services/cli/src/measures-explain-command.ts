import { explainChart, type Explanation, measureName, periodOf } from '@carecommons/cql'
import { CommandFault } from './command-fault.ts'
import { casesBeside, readCases, readMeasurePackage } from './measure-files.ts'
import { measureOf } from './measures-check-command.ts'
import { profilePrefixes } from './profile-prefixes.ts'
import { answer } from './terminal.ts'
import { withEngine } from './with-engine.ts'

export interface ExplainOptions {
  readonly package: string
  readonly prefixes?: string
  readonly case: string
  readonly cases?: string
}

/** `commons measures explain`: why a case is in the populations that it is in, in words. */
export async function measuresExplainCommand(options: ExplainOptions): Promise<void> {
  const { prefixes } = profilePrefixes(process.env, options.prefixes)
  const deck = options.cases ?? casesBeside(options.package)
  const { cases, broken } = readCases(deck)
  const isMeant = ({ id, title }: { readonly id: string; readonly title: string }): boolean => id === options.case || title === options.case
  const unread = broken.find(isMeant)
  if (unread) throw new CommandFault(`${deck}, line ${unread.line}: ${unread.reason}`)
  const one = cases.find(isMeant)
  if (!one) throw new CommandFault(`${deck} holds no case ${options.case}; the first of its ${cases.length} is ${cases[0]?.id}.`)
  const { pkg, groups, problem } = await withEngine(prefixes, async (pool) => {
    const read = await readMeasurePackage(pool, options.package)
    return { pkg: read, ...(await explainChart(pool, read, one, periodOf(one))) }
  })
  answer(`${measureName(measureOf(pkg))}, ${one.period.start} to ${one.period.end}: ${one.id} ${one.title}`)
  if (problem) answer(`The case could not be evaluated: ${problem}`)
  for (const { group, populations } of groups) {
    for (const { code, count, explanation } of populations) {
      answer('')
      answer(`${groups.length > 1 ? `${group}, ` : ''}${code}: ${count}`)
      if (explanation) for (const line of lines(explanation, 1)) answer(line)
    }
  }
}

const mark = ({ holds }: Explanation): string => (holds === null ? '·' : holds ? '✓' : '✗')

function lines(explanation: Explanation, depth: number): string[] {
  const { question, answer: found, parts } = explanation
  return [
    `${'  '.repeat(depth)}${mark(explanation)} ${question}${found ? `: ${found}` : ''}`,
    ...parts.flatMap((part) => lines(part, depth + 1)),
  ]
}
