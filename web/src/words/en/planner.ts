import { n, plural } from './counting.ts'

const number = (minutes: number): string => n(Math.round(minutes / 6) / 10)
const hours = (minutes: number): string => `${number(minutes)} h`
const percent = (part: number, whole: number): string => (whole === 0 ? 'nothing needed' : `${n(Math.floor((100 * part) / whole))}%`)

interface Figures {
  readonly neededMinutes: number
  readonly servedMinutes: number
  readonly leastShare: number
  readonly meanShare: number
  readonly evenness: number
  readonly currentMinutes: number
  readonly keptMinutes: number
  readonly travelMinutes: number
}
interface Cell {
  readonly now: number
  readonly keeps: number
  readonly planned: number | null
  readonly mark: { readonly kind: 'pin'; readonly minutes: number | null } | { readonly kind: 'forbid' } | null
}
type Reason = {
  readonly kind: 'PINNED' | 'KEPT' | 'ONLY_ONE' | 'LIFTS'
  readonly minutes: number | null
  readonly language: string | null
  readonly from: number | null
  readonly to: number | null
}
type Bar = 'SCOPE' | 'LICENSE' | 'LANGUAGE' | 'FORBIDDEN'
const bars: Record<Bar, string> = {
  SCOPE: 'it is outside of their scope of practice',
  LICENSE: 'their license is missing or past its end',
  LANGUAGE: 'they do not speak the language',
  FORBIDDEN: 'it is ruled out here',
}
const rules = {
  MINIMUM_BLOCK: 'the shortest stay',
  MAXIMUM_PRACTICES: 'the most practices of one person',
  TRAVEL: 'travel',
  LANGUAGE: 'languages',
  LICENSE: 'licenses',
}
const criteria = {
  COMMON_LEVEL: 'what every practice reaches',
  PRACTICES_AT_LEVEL: 'how many practices reach more',
  SERVED: 'hours given',
  KEPT: 'hours that stay with the same person',
  TRAVEL: 'travel',
}
const states = { UNDER_WAY: 'under way', READY: '', FAILED: 'not possible' }

/** Hours now, and in the plan where it has others. */
const cellText = ({ now, keeps, planned, mark }: Cell) =>
  [
    mark?.kind === 'pin' ? '● ' : mark?.kind === 'forbid' ? '× ' : '',
    planned === null || planned === now
      ? now + keeps === 0
        ? '–'
        : number(now + keeps)
      : `${number(now + keeps)} → ${number(planned + keeps)}`,
  ].join('')

export const planner = {
  title: 'Planner',
  before: 'Hours of a week as they are agreed now. Have a plan worked out to see what would be fairer.',
  answer: (figures: Figures) =>
    `The plan gives ${hours(figures.servedMinutes)} of the ${hours(figures.neededMinutes)} needed a week; every practice gets at least ${n(Math.floor(figures.leastShare))}% of its need.`,
  hours,
  rules: 'What a plan keeps to',
  rulesNote:
    'Scope of practice, licenses, known leave and paid hours always hold. Who pays for whom plays no part. A plan by itself assigns nobody.',
  startsOn: 'From',
  block: 'Shortest stay, hours a week',
  most: 'Most practices of one person',
  anyNumber: 'any number',
  travel: 'Ways have to fit into the time for travel',
  language: 'Parts in a language go to those who speak it',
  propose: 'Work out a plan',
  refused: 'No plan can be worked out so',
  underWay: 'A plan is being worked out. It takes about ten seconds.',
  failed: 'No plan is possible',
  noBasis: 'There is nothing to plan with',
  show: 'On screen',
  today: 'As it is now',
  compare: 'Beside it',
  nothing: 'Nothing',
  planName: (
    place: number,
    day: string,
    plan: {
      readonly state: keyof typeof states
      readonly figures: { readonly leastShare: number } | null
      readonly application: { readonly undoneAt: string | null } | null
    },
  ) =>
    [
      `Plan ${n(place)} from ${day}`,
      plan.figures ? `at least ${n(Math.floor(plan.figures.leastShare))}%` : states[plan.state],
      ...(plan.application && plan.application.undoneAt === null ? ['in force'] : []),
    ].join(', '),
  grid: 'Practices and people',
  gridNote: 'Hours of a week: now, then in the plan. Press one to read why, to pin it or to rule it out.',
  practice: 'Practice',
  needed: 'Needed',
  share: 'Need met',
  available: 'Given of available',
  met: (given: number, needed: number) => percent(given, needed),
  of: (given: number, available: number) => `${number(given)} of ${number(available)} h`,
  cellText,
  /** Says what stands in it, too: whoever speaks to the page says what they see. */
  cell: (person: string, practice: string, cell: Cell) => {
    const { now, keeps, planned, mark } = cell
    return [
      `${person} at ${practice}: ${planned === null || planned === now ? '' : `${cellText(cell)}, `}${keeps > 0 ? `${hours(keeps)} of other work, which stays` : `${hours(now)} now`}`,
      ...(planned === null || keeps > 0 ? [] : [`${hours(planned)} in the plan`]),
      ...(mark === null
        ? []
        : [mark.kind === 'forbid' ? 'ruled out' : mark.minutes === null ? 'pinned' : `pinned at ${hours(mark.minutes)}`]),
    ].join(', ')
  },
  leftOut: (names: readonly string[]) => `Nothing is planned with ${names.join(', ')}: what they are by training is not recorded.`,
  unknownWays: (ways: readonly { from: string; to: string }[]) =>
    `${plural(ways.length, 'way is', 'ways are')} not recorded and counted as none: ${ways
      .slice(0, 5)
      .map(({ from, to }) => `${from} to ${to}`)
      .join('; ')}${ways.length > 5 ? ' and more' : ''}.`,
  unknownWaysAdvice: 'Record them under Workforce, Ways between towns.',
  pair: (person: string, practice: string) => `${person} at ${practice}`,
  pairHead: 'Who, where',
  nowAndThen: (now: number, planned: number | null) =>
    planned === null ? `Now ${hours(now)} a week.` : `Now ${hours(now)} a week, ${hours(planned)} in the plan.`,
  keeps: (minutes: number) => `${hours(minutes)} a week of other work, or work that begins later, stay as they are.`,
  why: 'Why',
  reason: ({ kind, minutes, language, from, to }: Reason) =>
    ({
      PINNED: 'It is pinned.',
      KEPT: `${hours(minutes ?? 0)} of today stay with the same person.`,
      ONLY_ONE: `Nobody else may do ${language === null ? 'this' : `the part in ${language}`}.`,
      LIFTS: `Without these hours the practice would get ${n(from ?? 0)}% of its need, with them ${n(to ?? 0)}%.`,
    })[kind],
  ending: (because: string) => `Today’s hours end in the plan: ${because}.`,
  endings: { ...bars, NO_NEED: 'the practice needs nothing of them', NEEDED_ELSEWHERE: 'they are needed more elsewhere' },
  toPerson: (person: string) => `Change what is agreed with ${person}`,
  nextPlan: 'In every next plan',
  free: 'As the plan finds best',
  pinAny: 'Stays, for as long as the plan finds best',
  pinExact: 'Stays, for exactly so long',
  forbid: 'Ruled out',
  hoursAWeek: 'Hours a week',
  keep: 'Set',
  outcome: 'What the plan comes to',
  proven: 'No plan is better by these rules: that is proven.',
  unproven: (which: readonly string[]) => `Not proven to be the best in the time there was: ${which.join('; ')}.`,
  criterion: ({ kind, value, bound }: { kind: keyof typeof criteria; value: number; bound: number }) =>
    `${criteria[kind]}, ${n(value)} where nothing is better than ${n(bound)}`,
  figures: ({ meanShare, evenness, keptMinutes, currentMinutes, travelMinutes }: Figures) =>
    `On average practices get ${n(Math.round(meanShare))}% of their need, evenness ${n(Math.round(100 * evenness) / 100)} of 1. ${hours(keptMinutes)} of today’s ${hours(currentMinutes)} stay with the same person; ${hours(travelMinutes)} a week are on the road.`,
  unserved: 'What nobody serves',
  unservedHead: ['Practice', 'What', 'A week', 'Why'],
  part: (duty: string, language: string | null) => (language === null ? duty : `${duty} in ${language}`),
  unservedBecause: (because: 'NOBODY_MAY' | 'ALL_PLANNED' | 'RULES', kept: readonly Bar[]) =>
    ({
      NOBODY_MAY: `Nobody may: ${kept.map((bar) => bars[bar]).join('; ')}.`,
      ALL_PLANNED: 'Everybody who may has no time left.',
      RULES: 'Shortest stays, travel or the number of practices keep them away.',
    })[because],
  prices: 'What each rule costs',
  pricesHead: ['Without', 'Every practice would get', 'Hours a week', 'How sure'],
  rule: (rule: keyof typeof rules | 'PIN' | 'FORBID', person: string, practice: string) =>
    rule === 'PIN' ? `the pin of ${person} at ${practice}` : rule === 'FORBID' ? `ruling out ${person} at ${practice}` : rules[rule],
  level: (least: number) => `${n(least)}%`,
  more: (minutes: number) => (minutes > 0 ? `+${hours(minutes)}` : hours(minutes).replace('-', '−')),
  isProven: 'proven',
  isFound: 'found',
  sideBySide: 'Side by side',
  sameInput: 'Both were worked out from the same need, people and rules.',
  otherInput: 'They were worked out from different needs, people or rules.',
  figure: 'Figure',
  shown: 'On screen',
  beside: 'Beside it',
  difference: 'Difference',
  compared: [
    { name: 'Served least, of its need', of: ({ leastShare }: Figures) => `${n(Math.floor(leastShare))}%` },
    { name: 'On average', of: ({ meanShare }: Figures) => `${n(Math.round(meanShare))}%` },
    { name: 'Evenness, of 1', of: ({ evenness }: Figures) => n(Math.round(100 * evenness) / 100) },
    { name: 'Given a week', of: ({ servedMinutes }: Figures) => hours(servedMinutes) },
    { name: 'Stays with the same person', of: ({ keptMinutes }: Figures) => hours(keptMinutes) },
    { name: 'On the road', of: ({ travelMinutes }: Figures) => hours(travelMinutes) },
  ],
  shareOf: (practice: string) => `Need met, ${practice}`,
  differing: 'Hours that differ',
  sameHours: 'Both give everybody the same hours.',
}
