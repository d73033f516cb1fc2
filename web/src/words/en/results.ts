import { n, plural } from './counting.ts'

type Signal = 'outside' | 'shift' | 'trend' | 'two-of-three'

export const results = {
  title: 'Progress',
  answer: ({ better, worse, of }: { better: number; worse: number; of: number }) => {
    const rest = of - better - worse
    const parts = [better > 0 && `better in ${n(better)}`, worse > 0 && `worse in ${n(worse)}`].filter(Boolean)
    if (parts.length === 0) return `Against a year ago, in all ${plural(of, 'measure', 'measures')} the difference may be chance.`
    return `Of ${plural(of, 'measure', 'measures')}, against a year ago you are ${parts.join(' and ')}${rest > 0 ? '; elsewhere the difference may be chance' : ''}.`
  },
  closed: (closed: number, before: number, month: string) =>
    `of ${plural(before, 'gap', 'gaps')} open when ${month} began ${closed === 1 ? 'was' : 'were'} closed at its end.`,
  notYet: 'The last two years are being worked out',
  notYetAdvice: 'Month by month, from the records that are here, behind everything that somebody waits for. They appear by themselves.',
  noYear: 'There are no twelve months of records yet',
  noYearAdvice: 'A month is shown once there are records of the twelve months that end with it.',
  closing: 'Gaps closed each month',
  closingNote: 'of those open when the month began, over all measures; months share none',
  closingHead: ['Month', 'Open at its beginning', 'Closed at its end', 'Share', 'Marked'],
  measures: 'Measure by measure, over two years',
  measuresNote: 'each point is the twelve months that end with its month',
  measuresHead: ['Measure', 'Until', 'People', 'Rate', '95% interval', 'Marked'],
  yearAgo: (points: number, low: number, high: number, verdict: 'better' | 'worse' | 'alike') => {
    const amount = points === 0 ? 'No change' : `${points > 0 ? '+' : '−'}${plural(Math.abs(points), 'point', 'points')}`
    const range = `(95% interval ${signed(low)} to ${signed(high)})`
    return `${amount} on a year ago ${range}: ${verdict === 'alike' ? 'may be chance' : verdict}`
  },
  noYearAgo: 'No year ago to compare with yet',
  peers: (ahead: number, of: number, low: string | null, high: string | null) =>
    `Better than ${n(ahead)} of ${plural(of, 'other practice', 'other practices')}${low === null ? '' : `; the middle half ${low} to ${high}`}`,
  noPeers: 'Too few other practices to compare with',
  ground: (until: string, without: string) => `Records until ${until}; ${without} without any`,
  noGround: 'No record in the period',
  signals: {
    outside: 'outside the limits',
    shift: 'a shift: seven or more on one side',
    trend: 'a trend: seven or more in one direction',
    'two-of-three': 'two of three near a limit',
  } satisfies Record<Signal, string>,
  marked: (month: string, signals: readonly string[]) => `${month}: ${signals.join(', ')}`,
  nothingMarked: 'Nothing stands out from the usual ups and downs.',
  tooFew: (points: number, wanted: number) => `${plural(points, 'point', 'points')} so far; limits are drawn from ${n(wanted)} on.`,
  rules:
    'Limits hold what a process does by itself. Marked by the rules of NHS England’s Making Data Count: a point outside the limits, a shift, a trend, two of three near a limit.',
  rulesOfYears:
    'Limits are three standard errors about the first twelve points (p chart). Neighbouring points share eleven months, so that shifts and trends come by themselves: only points outside the limits are marked.',
  middle: 'Usual',
  limits: 'Limits',
  target: 'Target',
  begun: 'Something tried',
  value: 'You',
  markedKey: 'Marked',
  spoken: (title: string, from: string, first: string, to: string, last: string, marked: number) =>
    `${title}: ${first} in ${from}, ${last} in ${to}. ${marked === 0 ? 'Nothing is marked.' : `${plural(marked, 'point is', 'points are')} marked.`}`,
  about: 'About this figure',
  definition: 'What is counted',
  version: (version: string, hash: string, engine: string, watermark: string) =>
    `Version ${version}, package ${hash}, engine ${engine}, data up to step ${watermark}`,
  behind: (people: number) => `See the ${plural(people, 'person', 'people')} with an open gap`,
  panels: 'Open gaps by clinician',
  panelsNote: 'living people with a gap, of those counted; a number leads to them',
  panelGap: (open: number, counted: number) => `${n(open)} of ${n(counted)}`,
  panelTo: (clinician: string, title: string) => `: ${clinician}, ${title}`,
  clinician: 'Clinician',
  noPanels: 'Charts name no clinicians, or no run has been published yet.',
  concentration: 'How few people have how much of it',
  concentrationNote: 'those with most first, by need and not by cost',
  concentrationAnswer: (people: string, share: string) => `${people} of the people have ${share} of the open gaps.`,
  concentrationHead: ['People with most', 'Share of open gaps', 'Share of what could be changed'],
  ofGaps: 'Open gaps',
  ofOpportunity: 'What could be changed',
  even: 'If all had the same',
  peopleAxis: 'Share of people',
  noGaps: 'Nothing is open.',
  registries: 'Registries',
  registriesNote: 'who is in them, and who came and went in 90 days',
  registriesHead: ['Registry', 'People', 'Came', 'Went', 'Week by week'],
  registriesByMonth: "People at the month's end, and who came and went in it",
  atMonthsEnd: (people: number, came: number, went: number) => `${n(people)} (+${n(came)} −${n(went)})`,
  careManagers: 'Care managers named in records',
  careManagersNote: 'living people whose record names one',
  careManagersHead: ['Care manager', 'People'],
}

const signed = (points: number): string => `${points < 0 ? '−' : '+'}${n(Math.abs(points))}`
