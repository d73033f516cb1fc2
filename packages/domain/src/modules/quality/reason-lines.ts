import type { ChartExplanation, Explanation } from '@carecommons/cql'
import type { ReasonLineType, ReasonMentionType, ReasonPopulationType } from './reason.graphql.ts'

/** Deeper and longer than anybody reads: what is left out is said. */
const MOST_LINES = 400

/** A place in a text where a record (`Type/id`) is named: between two characters that no language has. */
export const mention = (reference: string): string => `\u{e000}${reference}\u{e001}`
const MENTION = /\u{e000}([^\u{e001}]*)\u{e001}/gu

/** Names of the records that may be named, by `Type/id`. */
export type RecordNames = ReadonlyMap<string, string>

/** The tree of an explanation as lines with a depth: GraphQL has no trees without an end. */
export const reasonLines = ({ groups }: ChartExplanation, names: RecordNames): ReasonPopulationType[] =>
  groups.flatMap(({ group, populations }) =>
    populations.map(({ code, count, explanation }) => ({
      ...{ group, population: code, count },
      lines: explanation ? cut(linesOf(explanation, 0).map((line) => named(line, names))) : [],
    })),
  )

type Line = Omit<ReasonLineType, 'mentions'>

function linesOf({ question, answer, holds, parts }: Explanation, depth: number): Line[] {
  return [{ depth, question, answer, holds }, ...parts.flatMap((part) => linesOf(part, depth + 1))]
}

function named(line: Line, names: RecordNames): ReasonLineType {
  const mentions: ReasonMentionType[] = []
  const words = (text: string): string =>
    text.replace(MENTION, (_, reference: string) => {
      const name = names.get(reference)
      if (name === undefined) return reference
      mentions.push({ text: name, reference })
      return name
    })
  return { ...line, question: words(line.question), answer: words(line.answer), mentions }
}

const cut = (lines: ReasonLineType[]): ReasonLineType[] =>
  lines.length <= MOST_LINES
    ? lines
    : [
        ...lines.slice(0, MOST_LINES),
        { depth: 0, question: `and ${lines.length - MOST_LINES} more clauses`, answer: '', holds: null, mentions: [] },
      ]
