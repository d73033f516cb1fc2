import type { ChartExplanation, Explanation } from '@carecommons/cql'
import type { ReasonLineType, ReasonPopulationType } from './reason.graphql.ts'

/** Deeper and longer than anybody reads: what is left out is said. */
const MOST_LINES = 400

/** The tree of an explanation as lines with a depth: GraphQL has no trees without an end. */
export const reasonLines = ({ groups }: ChartExplanation): ReasonPopulationType[] =>
  groups.flatMap(({ group, populations }) =>
    populations.map(({ code, count, explanation }) => ({
      ...{ group, population: code, count },
      lines: explanation ? cut(linesOf(explanation, 0)) : [],
    })),
  )

function linesOf({ question, answer, holds, parts }: Explanation, depth: number): ReasonLineType[] {
  return [{ depth, question, answer, holds }, ...parts.flatMap((part) => linesOf(part, depth + 1))]
}

const cut = (lines: ReasonLineType[]): ReasonLineType[] =>
  lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), { depth: 0, question: `and ${lines.length - MOST_LINES} more clauses`, answer: '', holds: null }]
