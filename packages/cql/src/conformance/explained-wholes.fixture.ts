import type { Comparison } from './both-engines.fixture.ts'
import { isKind } from './plain/plain-value.fixture.ts'
import { wholeQuantities } from './questions-of-differences.fixture.ts'

/** Clauses of nodes and a type that the second opinion computes as a whole. */
export const explainedWholes: readonly { readonly clause: string; readonly explains: (difference: Comparison) => boolean }[] = [
  {
    clause: "Author's Guide, Queries: rows, lets, filter, return, distinct, aggregate and sort, each operator inside by its own clause",
    explains: ({ elm }) => elm.type === 'Query',
  },
  {
    clause: 'Reference, Collapse: intervals that overlap or meet by Start and End, by a step of per, are one',
    explains: ({ elm }) => elm.type === 'Collapse',
  },
  {
    clause: 'Reference, Expand: pieces of the size of per, from the start of each interval; of no interval none',
    explains: ({ elm }) => elm.type === 'Expand',
  },
  {
    clause: 'Reference, Long: 64 bits, which cql-execution does not have: no ends of it, and its literal is a text there',
    explains: ({ elm, values }) =>
      (/^(?:Literal|MinValue|MaxValue)$/.test(elm.type) && String(elm.valueType).endsWith('Long')) ||
      elm.type === 'ToLong' ||
      values.some((value) => value !== undefined && isKind(value, 'number') && value.type === 'Long'),
  },
  {
    clause: 'Reference, Successor and Predecessor: the value of a quantity is a Decimal, also a whole one, and its step 10^-8',
    explains: (difference) => difference.elm.type === 'Union' && difference.ours === 'null' && wholeQuantities(difference),
  },
]
