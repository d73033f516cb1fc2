import { n } from './counting.ts'

const hours = (minutes: number): string => `${n(Math.round(minutes / 60))} h`
interface Step {
  readonly by: keyof typeof splitBy
  readonly from: number
  readonly weight: number
  readonly of: number
  readonly cents: number
  readonly carries: boolean
}
const splitBy = {
  PRACTICE: 'over practices',
  PAYER: 'over payers',
  PERCENT: 'by the agreed percent',
  MEMBERS: 'by people',
  MINUTES: 'by minutes agreed on',
  POINTS: 'by minutes needed',
}
type Month = { readonly capacity: number; readonly demand: number }
/** Of whole hours, so that it is the difference of the two that are told. */
const balance = ({ capacity, demand }: Month): string => {
  const spare = Math.round(capacity / 60) - Math.round(demand / 60)
  return spare < 0 ? `${n(-spare)} h short` : `${n(spare)} h to spare`
}
const needed = (month: Month): string => `${hours(month.demand)} needed, ${hours(month.capacity)} there for patients: ${balance(month)}.`

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const money = (cents: number): string => dollars.format(cents / 100)

export const staffNeed = {
  title: 'Need and capacity',
  answer: (month: Month, isWeighed: boolean) =>
    isWeighed
      ? `This month: ${needed(month)}`
      : `This month: ${hours(month.capacity)} there for patients. Nobody is of a tier that counts as need yet; risk may not have been worked out.`,
  hours,
  difference: (minutes: number) => (Math.round(minutes / 60) > 0 ? `+${hours(minutes)}` : hours(minutes).replace('-', '−')),
  about: (many: number) => `about ${n(many)}`,
  months: 'Twelve months',
  monthsNote: 'Known leave and targets that begin later are in it.',
  monthsHead: [
    'Month',
    'Paid',
    'Leave',
    'Travel',
    'Meetings, training, supervision',
    'For patients',
    'Needed',
    'Over or short',
    'Agreed on',
  ],
  needed: 'needed',
  there: 'there',
  ofMonth: (month: string, capacity: number, demand: number) => `${month}: ${needed({ capacity, demand })}`,
  spoken: (first: Month, last: Month) => `Hours for patients and hours needed. This month ${needed(first)} In a year ${needed(last)}`,
  practices: 'By practice, this month',
  practicesNote:
    'The share is of the hours for patients, by need. Who pays for whom plays no part in it. Numbers of 1 to 10 people are guessed, never told.',
  practicesHead: [
    'Practice',
    'People',
    'Tier 2',
    'Tier 3',
    'Tier 4',
    'Discharges a year',
    'Needed',
    'Share',
    'Agreed on',
    'Over or short',
    'Entitled by people',
  ],
  noPractices: 'No practice has patients yet',
  noPracticesAdvice: 'Need is counted once records have come in.',
  whatIf: 'What if',
  whatIfNote: 'Nothing is recorded; the page shows what would be.',
  addedStaff: 'People of full time, more or fewer',
  morePeople: 'Patients, percent more or fewer',
  enrolled: 'Percent of the eligible enrolled',
  suppose: 'Show what would be',
  asItIs: 'Back to what is',
  supposed: (month: Month) => `Supposed, this month: ${needed(month)}`,
  insteadOf: (month: Month) => `As it is: ${needed(month)}`,
  restsOn: 'What this rests on',
  restsOnNote: 'What holds today, and what begins later.',
  restsOnHead: ['Figure', 'Value', 'From', 'Source'],
  change: 'Change a figure',
  figure: 'Figure',
  value: 'Value',
  since: 'From',
  sinceHint: 'What held before stays on record.',
  source: 'Rests on',
  sourceHint: 'The study, agreement or count, as one would cite it.',
  figures: {
    ENROLLED_PERCENT: 'Of the eligible to be enrolled, percent',
    MINUTES_TIER_0: 'Tier 0: minutes a person and month',
    MINUTES_TIER_1: 'Tier 1: minutes a person and month',
    MINUTES_TIER_2: 'Tier 2: minutes a person and month',
    MINUTES_TIER_3: 'Tier 3: minutes a person and month',
    MINUTES_TIER_4: 'Tier 4: minutes a person and month',
    MINUTES_TRANSITION: 'Minutes after each discharge',
    TRAVEL_PERCENT: 'Travel, percent of the hours at work',
    MEETING_MINUTES: 'Meetings: minutes a person and week',
    TRAINING_MINUTES: 'Training: minutes a person and week',
    SUPERVISION_MINUTES: 'Supervision: minutes a person and week',
    TEAM_PEOPLE: 'People that entitle a practice to one team',
    TEAM_MINUTES: 'Minutes a week of one team',
    HOURLY_CENTS_NURSE: 'Nurse: cents a paid hour, benefits included',
    HOURLY_CENTS_SOCIAL_WORKER: 'Social worker: cents a paid hour, benefits included',
    HOURLY_CENTS_PHARMACIST: 'Pharmacist: cents a paid hour, benefits included',
    HOURLY_CENTS_DIETITIAN: 'Dietitian: cents a paid hour, benefits included',
    HOURLY_CENTS_COMMUNITY_HEALTH_WORKER: 'Community health worker: cents a paid hour, benefits included',
    HOURLY_CENTS_BEHAVIORAL_HEALTH_SPECIALIST: 'Behavioral-health specialist: cents a paid hour, benefits included',
    HYBRID_PEOPLE_PERCENT: 'Cost split two ways: percent by people, the rest by need',
    SMALLEST_POST_PERCENT: 'The smallest post that somebody takes, percent of full time',
  },
  cost: {
    title: 'Cost of this month, by rule',
    note: (cents: number) => `${money(cents)} for the paid hours, leave included. Open a figure to see its divisions.`,
    money,
    rules: { EQUAL: 'Equal', MEMBERS: 'By people', MINUTES: 'By hours agreed on', POINTS: 'By need', HYBRID: 'By people and need' },
    open: (practice: string, rule: string) => `${practice}, ${rule.charAt(0).toLowerCase()}${rule.slice(1)}`,
    all: 'All',
    alone: 'Against going alone',
    aloneNote: (rule: string, post: { cents: number; paidMinutes: number; minutes: number }) =>
      `The share ${rule.charAt(0).toLowerCase()}${rule.slice(1)} beside the smallest post of a nurse: ${hours(post.paidMinutes)} paid a month, ${money(post.cents)}, of which ${hours(post.minutes)} for patients. Nobody can be hired for less.`,
    aloneHead: ['Practice', 'Shared, a person', 'Alone, a person', 'Alone', 'Posts alone', 'People that fill a post'],
    posts: n,
    people: (many: number | null) => (many === null ? 'no need' : n(many)),
    lines: 'What it is made of',
    linesHead: ['Discipline', 'Paid hours', 'An hour', 'Cost'],
    exactHours: (minutes: number) => n(Math.round((minutes / 60) * 100) / 100),
    step: ({ by, from, weight, of, cents, carries }: Step): string =>
      `${money(from)} split ${splitBy[by]}: ${n(weight)} of ${n(of)} is ${money(cents)}${carries ? ', a cent left over included' : ''}.`,
    sum: (cents: number) => `Together ${money(cents)}.`,
    remainder: 'Shares are rounded down; the cents left over go one by one to the largest remainders.',
  },
  share: {
    title: 'Our share of staff',
    answer: ({ demand, share, scheduled }: { demand: number; share: number; scheduled: number }, region: Month) =>
      `Your share this month is ${hours(share)} of the ${hours(region.capacity)} there for patients, because your patients need ${hours(demand)} of the ${hours(region.demand)} needed in the region. ${hours(scheduled)} are agreed on.`,
    reason: 'Why this much',
    reasonNote: (told: boolean) =>
      `Need decides, never the payer.${told ? '' : ' Numbers of 1 to 10 people are guessed here, as whoever allocates reads them.'}`,
    reasonHead: ['Who', 'People', 'Enrolled', 'Minutes each', 'Needed this month'],
    tier: (tier: number) => `Tier ${tier}`,
    percent: (percent: number) => `${percent}%`,
    discharges: 'Discharges of tier 2 and up',
    aYear: 'a year',
    all: 'All',
    months: 'Twelve months',
    monthsNote: 'The share follows the hours that are there: known leave is in it.',
    monthsHead: ['Month', 'Needed', 'Share', 'Agreed on', 'Over or short', 'Entitled by people'],
    none: 'Nothing to share yet',
    noneAdvice: 'Once your records have come in, your part of the shared staff stands here.',
  },
}
