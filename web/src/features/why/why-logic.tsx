import type { ReactNode } from 'react'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { placeOf } from './why-facts.tsx'
import styles from './why-logic.module.css'

export const WhyLogic_reason = graphql(`
  fragment WhyLogic_reason on Reason {
    populations {
      group
      population
      count
      lines {
        depth
        question
        answer
        holds
        mentions {
          text
          reference
        }
      }
    }
  }
`)
type Population = ResultOf<typeof WhyLogic_reason>['populations'][number]

/** The measure's own clauses, population by population, with what each part of them gave. */
export function WhyLogic({ reason }: { reason: FragmentOf<typeof WhyLogic_reason> }) {
  const { populations } = readFragment(WhyLogic_reason, reason)
  return (
    <Section title={words.why.logic} note={words.why.logicNote}>
      {populations.map((one, index) => (
        <details key={index} className={styles['population']} open={one.count > 0}>
          <summary>
            <Icon name={one.count > 0 ? 'check' : 'minus'} />{' '}
            <span className="strong">{words.why.inOrNot(words.why.names[one.population] ?? one.population, one.count > 0)}</span>
          </summary>
          <Lines lines={one.lines} />
        </details>
      ))}
    </Section>
  )
}

/**
 * The clauses at the bottom of the logic on which an open gap rests, each with what it looks at. Empty where there is no gap.
 */
export function WhyOpen({ reason, improvement }: { reason: FragmentOf<typeof WhyLogic_reason>; improvement: 'INCREASE' | 'DECREASE' }) {
  const { populations } = readFragment(WhyLogic_reason, reason)
  const isIn = (code: string) => populations.some(({ population, count }) => population === code && count > 0)
  const numerator = populations.find(({ population }) => population === 'numerator')
  const waits = improvement === 'INCREASE'
  const isCounted = isIn('denominator') && !isIn('denominator-exclusion') && !isIn('denominator-exception')
  if (!numerator || !isCounted || numerator.count > 0 === waits) return null
  const { lines } = numerator
  const told = partsOf(lines, -1).flatMap((index) => deciding(lines, index))
  if (told.length === 0) return null
  const shown = [...new Set(told)].flatMap((clause) => [
    { ...lines[clause]!, depth: 0 },
    // What stands there as a number needs no answer.
    ...partsOf(lines, clause)
      .map((part) => ({ ...lines[part]!, depth: 1 }))
      .filter(({ question, answer }) => question !== answer),
  ])
  return (
    <Section title={words.why.open} note={words.why.closesWhen}>
      <Lines lines={shown} />
    </Section>
  )
}

/** Places of the lines right below one; below none (-1) the first of all. */
function partsOf(lines: Population['lines'], index: number): number[] {
  const depth = lines[index]?.depth ?? -1
  const after = [...lines.keys()].slice(index + 1)
  const end = after.findIndex((at) => lines[at]!.depth <= depth)
  return (end < 0 ? after : after.slice(0, end)).filter((at) => lines[at]!.depth === depth + 1)
}

/** Lines that say nothing but what is in them: how clauses are joined, and the name of a definition. */
const JOINING = /^(?:all of|any of|not|"[^"]*"(?: \([^)]*\))?)$/

/**
 * A clause is as it is because of those of its parts that are so too; one with a single part, as a "not" is, because of that. What nobody
 * can tell for want of a record is looked into as far as clauses are joined.
 */
function deciding(lines: Population['lines'], index: number): number[] {
  const isUntold = lines[index]!.holds === null && JOINING.test(lines[index]!.question)
  const clauses = partsOf(lines, index).filter((at) => lines[at]!.holds !== null || (isUntold && lines[at]!.answer === 'unknown'))
  const alike = clauses.filter((at) => lines[at]!.holds === lines[index]!.holds)
  const because = alike.length > 0 || clauses.length > 1 ? alike : clauses
  return because.length === 0 ? [index] : because.flatMap((at) => deciding(lines, at))
}

function Lines({ lines }: Pick<Population, 'lines'>) {
  return (
    <ul className={styles['lines']}>
      {lines.map(({ depth, question, answer, holds, mentions }, index) => (
        <li key={index} style={{ '--depth': depth } as React.CSSProperties}>
          <span className={styles['mark']} aria-hidden="true">
            {holds !== null && <Icon name={holds ? 'check' : 'close'} />}
          </span>
          <span>
            <Said text={question} mentions={mentions} />
            {answer && (
              <>
                {': '}
                <span className="strong">
                  <Said text={answer} mentions={mentions.slice(mentionsIn(question, mentions))} />
                </span>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

type Mentions = Population['lines'][number]['mentions']

/** Words of a line; records that it names, in their order, lead to where they stand on the page. */
function Said({ text, mentions }: { text: string; mentions: Mentions }) {
  const parts: ReactNode[] = []
  let from = 0
  for (const mention of mentions.slice(0, mentionsIn(text, mentions))) {
    const at = text.indexOf(mention.text, from)
    parts.push(
      text.slice(from, at),
      <a key={at} href={`#${placeOf(mention.reference)}`}>
        {mention.text}
      </a>,
    )
    from = at + mention.text.length
  }
  return [...parts, text.slice(from)]
}

/** How many of the mentions, from the first on, a text has. */
function mentionsIn(text: string, mentions: Mentions): number {
  let from = 0
  for (const [index, mention] of mentions.entries()) {
    const at = text.indexOf(mention.text, from)
    if (at < 0) return index
    from = at + mention.text.length
  }
  return mentions.length
}
