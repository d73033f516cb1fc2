import { n, plural } from './counting.ts'

type Dimension = 'AGE' | 'SEX' | 'ZIP3' | 'STRATIFIER'

export const strata = {
  title: 'Within a measure',
  note: 'everybody counted stands in one group of each kind, with 95% interval',
  asOfRun: 'As the last run left it:',
  measure: 'Measure',
  place: 'Practice',
  region: 'The region, everybody once',
  by: { AGE: 'By age', SEX: 'By administrative sex', ZIP3: 'By area', STRATIFIER: "By the measure's own groups" } satisfies Record<
    Dimension,
    string
  >,
  byNote: {
    AGE: 'on the last day of the period',
    SEX: 'as the chart has it',
    ZIP3: 'first three digits of the postal code',
    STRATIFIER: 'as the measure itself divides people',
  } satisfies Record<Dimension, string>,
  everybody: 'Everybody counted',
  group: 'Group',
  unknown: { AGE: 'Birth date not known', SEX: 'Not known', ZIP3: 'Postal code not known', STRATIFIER: 'Not known' } satisfies Record<
    Dimension,
    string
  >,
  sexes: { female: 'Female', male: 'Male', other: 'Other' } as Readonly<Record<string, string>>,
  ages: (band: string) => (band.endsWith('+') ? `${band.slice(0, -1)} and older` : `${band.replace('-', ' to ')} years`),
  area: (digits: string) => (digits === '000' ? 'Areas of few people' : `Postal codes ${digits}…`),
  otherAreas: 'Other areas',
  /** Of an id as publishers write it. */
  stratifier: (id: string) => `By ${id.replaceAll('_', ' ')}`,
  criteriaMet: 'In this group',
  inNone: 'Not in this group',
  otherGroups: 'Other groups',
  hidden: 'Not shown',
  hiddenNote: (groups: number) =>
    `${plural(groups, 'group is', 'groups are')} not shown: 1 to 10 people stand there, or so few would follow from the rest.`,
  head: ['Group', 'Counted', 'Numerator', 'Rate', '95% interval', 'Initial population', 'Denominator', 'Exclusions', 'Exceptions'],
  spoken: (group: string, rate: string | null, whole: string | null) =>
    `${group}: ${rate ?? 'no rate'}${whole === null ? '' : `, everybody ${whole}`}`,
  allHidden: 'Too few people to show groups: 1 to 10 stand in some, or so few would follow from the rest.',
  none: 'Figures of this year are not broken down',
  noneAdvice: 'The region agrees on it with the measures; the next run over the year computes it.',
  nobody: 'Nobody here stands in this measure',
  agreement: 'Broken down by',
  agreementNote: 'groups that every measure of the year is shown by',
  agreementHead: ['Years', 'By', 'Agreed with', 'Put in force by'],
  agree: 'Agree on groups',
  agreeExplained:
    'The next run over one of these years shows every measure by these groups, in place of what held before. What is published stays until then.',
  nothing: 'nothing',
  bands: (bounds: readonly number[]) => `age from ${bounds.map((bound) => n(bound)).join(', ')}`,
  sex: 'administrative sex',
  zip3: 'area',
  ageBounds: 'Age bands begin at',
  ageBoundsHint: 'Whole years, ascending, for example 18, 40, 65. Leave it empty not to show figures by age.',
  ageBoundsFault: 'Write whole ages with commas between them, for example 18, 40, 65.',
  alsoBy: 'Also by',
  bySex: 'Administrative sex',
  byZip3: 'Area: first three digits of the postal code',
  byZip3Hint: 'Areas of 20,000 people or fewer are shown as one (45 CFR 164.514).',
  noTerm: 'Nothing is agreed on for this year',
}
