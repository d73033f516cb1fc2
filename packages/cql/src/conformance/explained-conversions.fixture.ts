import type { Comparison } from './both-engines.fixture.ts'
import { one } from './questions-of-differences.fixture.ts'

/** Clauses of conversions, parts of times and aggregates. */
export const explainedConversions: readonly { readonly clause: string; readonly explains: (difference: Comparison) => boolean }[] = [
  {
    clause: 'Reference, ToDate and ConvertsToDate: of a text of date and time the time is ignored',
    explains: (difference) => one('ToDate ConvertsToDate')(difference) && /^"\d{4}-\d\d-\d\dT/.test(difference.operands[0] ?? ''),
  },
  {
    clause: 'Reference, Component From: a date is extracted by the time zone offset of the evaluation; ToDate of a DateTime is the same',
    explains: (difference) => one('DateFrom')(difference) || (one('ToDate')(difference) && /^DateTime/.test(difference.operands[0] ?? '')),
  },
  {
    clause: 'Reference, Variance and StdDev: of one value there is no spread, and the result is null',
    explains: (difference) => one('Variance StdDev')(difference) && difference.ours === 'null' && difference.theirs === 'NaN',
  },
  {
    clause: 'Reference, CanConvertQuantity: what has no place in a Decimal in the other unit cannot be converted to it',
    explains: (difference) => one('CanConvertQuantity')(difference) && difference.ours === 'false' && difference.theirs === 'true',
  },
  {
    clause: 'Reference, ConvertQuantity and CanConvertQuantity: of a null the result is null',
    explains: (difference) => one('ConvertQuantity CanConvertQuantity')(difference) && difference.theirs === 'undefined',
  },
  {
    clause: 'Reference, Mode and other aggregates: nulls are read over, and of nothing left the result is null',
    explains: (difference) => one('Mode')(difference) && difference.ours === 'null',
  },
  {
    clause: 'Reference, Component From: by the time zone offset of the evaluation; of a date without hours there is no time',
    explains: one('TimeFrom'),
  },
  {
    clause: 'Reference, ToTime and ConvertsToTime: a text that is no time is null',
    explains: (difference) => one('ToTime ConvertsToTime')(difference) && /^(?:null|false)$/.test(difference.ours ?? ''),
  },
  {
    clause: "Developer's Guide, Uncertainty: a number that is not certain is a number of its type, also in a tuple that is cast",
    explains: (difference) => one('As')(difference) && /\d\.\.-?\d/.test(difference.ours ?? '') && difference.theirs === 'null',
  },
]
