/** Populations of a measure, as a list is named by them. */
export const populations = {
  INITIAL_POPULATION: 'initial population',
  DENOMINATOR: 'denominator',
  DENOMINATOR_EXCLUSION: 'exclusions',
  DENOMINATOR_EXCEPTION: 'exceptions',
  NUMERATOR: 'numerator',
  COUNTED: 'people counted',
  OPEN: 'open gaps',
}

export const why = {
  title: 'Why',
  /** A link beside a gap. */
  ask: 'Why',
  askOf: (measure: string) => `Why: ${measure}`,
  answer: (measure: string, period: string, codes: readonly string[]) =>
    codes.length === 0 ? `${measure}, ${period}` : `${measure}, ${period}: in ${codes.join(', ')}`,
  codes: {
    'initial-population': 'the initial population',
    denominator: 'the denominator',
    'denominator-exclusion': 'the exclusions',
    'denominator-exception': 'the exceptions',
    numerator: 'the numerator',
    'numerator-exclusion': 'the exclusions from the numerator',
  } as Record<string, string>,
  names: {
    'initial-population': 'Initial population',
    denominator: 'Denominator',
    'denominator-exclusion': 'Exclusion',
    'denominator-exception': 'Exception',
    numerator: 'Numerator',
    'numerator-exclusion': 'Exclusion from the numerator',
  } as Record<string, string>,
  inOrNot: (name: string, isIn: boolean) => `${name}: ${isIn ? 'yes' : 'no'}`,
  open: 'What keeps the gap open',
  closesWhen: 'it closes when this changes',
  facts: 'Records that decided',
  mentioned: 'Other records that the logic names',
  factsHead: ['Record', 'Date', 'Value', 'Status'],
  noFacts: 'No record decided: it is the absence of one that counts.',
  labelled: 'protected',
  logic: 'The logic, step by step',
  logicNote: 'as published, over the records of then',
  nothing: 'There is nothing to tell here',
  nothingAdvice:
    'The chart is not in this measure in this period, its figures are just moving, or a record that bears on it is not open to you.',
}
