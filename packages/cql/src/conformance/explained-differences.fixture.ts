import type { Comparison } from './both-engines.fixture.ts'
import { isKind, isList } from './plain/plain-value.fixture.ts'
import { explainedConversions } from './explained-conversions.fixture.ts'
import { explainedWholes } from './explained-wholes.fixture.ts'
import { secondOpinion, undecided } from './plain/second-opinion.fixture.ts'
import {
  isDecimal,
  isInterval,
  one,
  uncertain,
  nullOperand,
  nullBoundary,
  openBoundary,
  atTheEnd,
  lessPrecise,
  differentZones,
  reversed,
  pointAndInterval,
  sameButForDoubles,
} from './questions-of-differences.fixture.ts'

/**
 * Where our runtime and cql-execution answer differently, and why ours is right: the clause of CQL 1.5 (Reference is appendix B of the
 * specification, by operator), and to which differences it speaks. None is explained unless the second opinion computes our answer too.
 */
export interface ExplainedDifference {
  readonly clause: string
  readonly explains: (difference: Comparison) => boolean
}

/** The clause that explains a difference, when the second opinion gives our answer too, or what no clause decides. */
export const explanationOf = (difference: Comparison): string | undefined => {
  const found = explainedDifferences.find(({ explains }) => explains(difference))
  return found && secondOpinion(difference).includes(difference.ours) ? found.clause : undecided(difference)
}

const explainedDifferences: readonly ExplainedDifference[] = [
  ...explainedWholes,
  ...explainedConversions,
  { clause: 'Reference, Decimal: exact to 8 digits after the point, where doubles are not', explains: sameButForDoubles },
  {
    clause:
      'Reference, Arithmetic Operators: of decimals exact to 8 digits, where a quotient, a remainder or what is rounded of doubles may be another',
    explains: (difference) =>
      one('Multiply Divide TruncatedDivide Modulo Power Floor Ceiling Truncate Avg Median Sum')(difference) &&
      difference.values.some((value) => value && (isDecimal(value) || (isList(value) && value.some(isDecimal)))),
  },
  {
    clause: 'Reference, Successor and Predecessor: the step of a Decimal is 10^-8, which is lost in a large double',
    explains: (difference) =>
      one('Start End Successor Predecessor Except Intersect Union')(difference) &&
      /\.\d*0{4}\d*1\b|\.\d*9{4}|1e-8/.test(difference.ours ?? ''),
  },
  {
    clause: "Author's Guide, Interval Values: a written interval that ends before it starts, or holds nothing, is an error",
    explains: ({ elm, ours }) => elm.type === 'Interval' && ours === null,
  },
  {
    clause: 'Reference, Successor and Predecessor; tests PredecessorUnderflow and SuccessorOverflow: past the end of the range is an error',
    explains: (difference) => one('Successor Predecessor')(difference) && difference.ours === null,
  },
  {
    clause:
      'Reference, Add and Subtract; tests DateTimeAddInvalidYears and DateTimeSubtractInvalidYears: past the year 9999 or before 1 is an error',
    // A date of the year 0 is told as a Time.
    explains: (difference) =>
      one('Add Subtract')(difference) && difference.ours === null && /^(?:null|Time .*)$/.test(difference.theirs ?? ''),
  },
  {
    clause:
      'Reference, End, and Add and Subtract: an end of the range stands for no end, and what is past it nobody knows; there is no year 0',
    explains: (difference) => one('Add Subtract')(difference) && difference.ours === 'null' && /^Time /.test(difference.theirs ?? ''),
  },
  {
    clause: 'Reference, Decimal: its range is not that of Integer, also for whole numbers',
    explains: (difference) =>
      one('Add Subtract Multiply Divide TruncatedDivide Power')(difference) &&
      difference.theirs === 'null' &&
      Math.abs(parseFloat(difference.ours ?? '')) > 2_147_483_647,
  },
  {
    clause: 'Reference, Arithmetic Operators: what has no place in its type is null',
    explains: (difference) =>
      one(
        'Abs Negate Add Subtract Multiply Sum Product Power Variance StdDev PopulationVariance PopulationStdDev Width Truncate Floor Ceiling Round Divide TruncatedDivide Modulo DurationBetween DifferenceBetween',
      )(difference) &&
      difference.ours === 'null' &&
      /\d{10}/.test(`${difference.operands.join()} ${difference.theirs}`),
  },
  {
    clause: 'Reference, Duration and Difference: seconds and milliseconds are one precision, milliseconds that are not given are zero',
    explains: (difference) =>
      one('DurationBetween DifferenceBetween')(difference) &&
      difference.elm.precision === 'Millisecond' &&
      difference.operands.some((operand) => /^(?:DateTime (?:\d+-){5}|Time (?:\d+-){2})\d+(?: |$)/.test(operand ?? '')),
  },
  {
    clause: 'Appendix H, Duration in Months and Years: where the later month has no such day, the period ends with the day after it',
    explains: (difference) =>
      one('DurationBetween')(difference) &&
      /^(?:Month|Year)$/.test(String(difference.elm.precision)) &&
      // A date without its day may be of the last of a month.
      difference.operands.some((operand) => /^Date(?:Time)? \d+(?:-\d+(?:-(?:29|30|31)\b)?)?(?![-\d])/.test(operand ?? '')),
  },
  {
    clause: "Developer's Guide, Uncertainty: what is computed from a range is a range or unknown",
    explains: uncertain,
  },
  {
    clause: "Author's Guide, Logical Operators: what one operand decides need not be asked of the other, here one that is an error",
    explains: ({ elm, operands, ours, theirs }) =>
      theirs === null &&
      operands.includes(null) &&
      ours === ({ And: 'false', Or: 'true', Implies: 'true' } as Record<string, string>)[elm.type],
  },
  {
    clause: 'Reference, Except of intervals: the result is the same by Start and End, its boundary closed',
    explains: (difference) => difference.elm.type === 'Except' && isInterval(difference.ours) && isInterval(difference.theirs),
  },
  {
    clause: 'Reference, Start and End: a boundary that is open and null is unknown, one that is closed and null the end of the range',
    explains: (difference) =>
      one(
        'Union Intersect Except Start End Width Equal Equivalent Includes IncludedIn ProperIncludes ProperIncludedIn In Contains Overlaps OverlapsBefore OverlapsAfter Before After SameAs SameOrBefore SameOrAfter Starts Ends Meets MeetsBefore MeetsAfter',
      )(difference) && nullBoundary(difference),
  },
  {
    clause: 'Reference, Start and End: an open boundary is the neighbour of its value, at the precision of the value',
    explains: (difference) =>
      one(
        'Union Intersect Except Equal Equivalent Includes IncludedIn Overlaps OverlapsBefore OverlapsAfter Before After SameAs SameOrBefore SameOrAfter Starts Ends Meets MeetsBefore MeetsAfter',
      )(difference) &&
      openBoundary(difference) &&
      // A point is in an interval by exclusive comparison with its open boundaries, not by their neighbours.
      (!one('Includes IncludedIn')(difference) || difference.operands.every((operand) => isInterval(operand))),
  },
  {
    clause:
      'Reference, Union, Intersect and Except of intervals: what overlaps is decided by Start and End, and is unknown of partial dates that meet',
    explains: (difference) =>
      one('Union Intersect Except')(difference) &&
      isInterval(difference.ours) !== isInterval(difference.theirs) &&
      difference.operands.every((operand) => isInterval(operand) && /Date|Time/.test(operand ?? '')),
  },
  {
    clause: 'Reference, Union and Intersect of intervals: of dates that cannot be told apart a boundary must still be chosen',
    explains: (difference) =>
      one('Union Intersect')(difference) &&
      isInterval(difference.ours) &&
      (difference.theirs === 'null' || isInterval(difference.theirs)) &&
      /Date|Time/.test(difference.ours ?? ''),
  },
  {
    clause: 'Reference, Union of lists: a null list is an empty one',
    explains: (difference) => difference.elm.type === 'Union' && nullOperand(difference) && difference.ours!.startsWith('{'),
  },
  {
    clause: 'Reference, Except of lists: each element once, also beside a null list',
    explains: (difference) => difference.elm.type === 'Except' && nullOperand(difference) && difference.ours!.startsWith('{'),
  },
  {
    clause: 'Reference, Includes, Included In, Contains and In: with null the result is null or false, and no error',
    explains: (difference) =>
      one('Includes IncludedIn ProperIncludes ProperIncludedIn Contains In')(difference) &&
      nullOperand(difference) &&
      (difference.ours === 'null' || difference.ours === 'false') &&
      (difference.theirs === null || difference.theirs === 'false' || difference.theirs === 'null'),
  },
  {
    clause: 'Reference, Length: of a null text null, of a null list 0',
    explains: (difference) => difference.elm.type === 'Length' && nullOperand(difference) && /^(?:null|0)$/.test(difference.ours ?? ''),
  },
  {
    clause: 'Reference, ToInteger and ToDecimal: the whole text must have the format',
    explains: (difference) =>
      one('ToInteger ToDecimal ConvertsToInteger ConvertsToDecimal')(difference) &&
      difference.operands.some((text) => text?.startsWith('"')),
  },
  {
    clause: 'Logical Specification, ProperContains and ProperIn, which cql-execution does not have',
    explains: (difference) => one('ProperContains ProperIn')(difference) && difference.theirs === 'undefined',
  },
  { clause: 'Reference, Matches: a part of the text is enough', explains: one('Matches') },
  {
    clause: 'Reference, Combine: a null separator is ignored',
    explains: (difference) => difference.elm.type === 'Combine' && nullOperand(difference),
  },
  {
    clause: 'Reference, Split: a text without the separator is a list of itself, and the empty text appears between all characters',
    explains: (difference) => difference.elm.type === 'Split' && difference.operands.includes('""'),
  },
  {
    clause: 'Reference, Substring: an empty text has a beginning',
    explains: (difference) => difference.elm.type === 'Substring' && difference.operands.includes('""'),
  },
  {
    clause: 'Reference, Flatten: of a list of lists only its lists have elements',
    explains: (difference) => difference.elm.type === 'Flatten' && /[{ ]null[,}]/.test(difference.operands.join()),
  },
  {
    clause: 'Reference, aggregates: without elements that are not null the result is null',
    explains: (difference) => one('Median Avg Sum Min Max')(difference) && difference.theirs === null,
  },
  {
    clause: 'Reference, Add and Subtract: the unit of the result is the more granular of the two',
    explains: (difference) =>
      one('Add Subtract')(difference) &&
      /^-?[\d.]+ '[^']+'$/.test(difference.ours ?? '') &&
      /^-?[\d.]+ '[^']+'$/.test(difference.theirs ?? '') &&
      new Set(difference.operands.map((operand) => /'[^']*'$/.exec(operand ?? '')?.[0])).size > 1,
  },
  {
    clause: 'Reference, Add and Subtract of dates: a duration finer than the value is counted in its precision, 1 month as 30 days',
    explains: (difference) =>
      one('Add Subtract')(difference) &&
      /^Date/.test(difference.ours ?? '') &&
      /(?:day|week|hour|minute|second)s?'/.test(difference.operands.join()),
  },
  {
    clause: 'Reference, In (and other timing): a precision that a value does not have makes the result null',
    explains: (difference) => typeof difference.elm.precision === 'string' && difference.ours === 'null' && lessPrecise(difference),
  },
  {
    clause: 'Reference, Starts and Ends: both comparisons are at the precision that is asked for',
    explains: (difference) => one('Starts Ends')(difference) && typeof difference.elm.precision === 'string',
  },
  {
    clause: 'Reference, Before, After, In: precision by precision, and the first that differs decides, whatever is not known behind it',
    explains: (difference) =>
      one('Before After SameAs SameOrBefore SameOrAfter In Contains Less LessOrEqual Greater GreaterOrEqual')(difference) &&
      difference.theirs === 'null' &&
      difference.operands.every((operand) => /\b(?:Date|DateTime|Time) \d/.test(operand ?? '')),
  },
  {
    clause: "Author's Guide, Time Zone Offsets: compared in the zone of the evaluation, where what has no hours stays the date that it is",
    explains: (difference) =>
      one('Before After SameAs SameOrBefore SameOrAfter Less LessOrEqual Greater GreaterOrEqual')(difference) &&
      difference.ours === 'null' &&
      differentZones(difference),
  },
  {
    clause:
      "Reference, Equivalent: as rounded to the precision of the less precise one, whose trailing zeroes do not count, also when considering unit conversion; test testQuantity4 of FHIRPath: 4 'g' ~ 4040 'mg'",
    explains: (difference) =>
      one('Equivalent')(difference) &&
      difference.values.every((value) => value !== undefined && (isKind(value, 'number') || isKind(value, 'amount'))),
  },
  {
    clause: 'Reference, Equivalent: always true or false, also of quantities that do not measure the same',
    explains: ({ elm, ours, theirs }) => elm.type === 'Equivalent' && ours === 'false' && theirs === 'null',
  },
  {
    clause: 'Published test TupleEqDifferentNamesWithOneNullId: where the first element that is not equal is unknown, so are the tuples',
    explains: (difference) =>
      one('Equal NotEqual')(difference) &&
      difference.ours === 'null' &&
      difference.values.every((value) => value && isKind(value, 'tuple')),
  },
  {
    clause: 'Reference, Equal of lists: of different lengths they are not equal, whatever they hold',
    explains: (difference) =>
      one('Equal NotEqual')(difference) && difference.ours !== 'null' && difference.operands.every((text) => text?.startsWith('{')),
  },
  {
    clause: 'Reference, Difference: hours and finer are counted in the zone of the evaluation',
    explains: (difference) => difference.elm.type === 'DifferenceBetween' && / 330\b/.test(difference.operands.join()),
  },
  {
    clause: 'Reference, Maximum and Minimum: the ends of the range are values like others',
    explains: (difference) =>
      difference.operands.some(atTheEnd) && one('Start End Successor Predecessor Meets MeetsBefore MeetsAfter')(difference),
  },
  {
    clause: 'Reference, Before, After, On or Before and On or After of intervals: also of a point beside an interval, by its start or end',
    explains: (difference) =>
      one('Before After SameOrBefore SameOrAfter')(difference) &&
      pointAndInterval(difference) &&
      (difference.theirs === null || difference.theirs === 'null') &&
      difference.ours !== null,
  },
  {
    clause: 'Reference, Same As of intervals: they start and end at the same, whatever their points are',
    explains: ({ elm, operands, ours, theirs }) => elm.type === 'SameAs' && operands.every(isInterval) && theirs === null && ours !== null,
  },
  {
    clause: 'Reference, Contains and In: not before the start and not after the end, also where records end before they start',
    explains: (difference) => one('Contains In Includes IncludedIn')(difference) && reversed(difference) && difference.ours === 'false',
  },
  {
    clause: "Author's Guide, Sorting: missing keys come first ascending; it gives no order to what is equal or cannot be told apart",
    explains: ({ elm }) => elm.type === 'Query' && 'sort' in elm,
  },
  {
    clause: 'Reference, Round; tests RoundNeg0D5 and RoundNeg1D5: halves go away from zero, and 38.105 is one, which no double is',
    explains: one('Round'),
  },
]
