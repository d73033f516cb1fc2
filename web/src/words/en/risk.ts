import { n, plural } from './counting.ts'

export const risk = {
  title: 'Risk',
  asOf: (day: string) => `as of ${day}`,
  underWay: 'Being worked out from the newest records.',
  tier: (tier: number, title: string) => `Tier ${tier}, ${title}`,
  noReasons: 'Nothing in the records moves it up.',
  models: 'What each model counted',
  modelsLink: 'What these models are and what they cannot do',
  score: (score: number, atMost: number, band: string | null) =>
    `${score}${atMost > score ? `, at most ${atMost}` : ''}${band === null ? '' : ` (${band})`}`,
  line: (text: string, points: number, atMost: number | null) => {
    if (atMost !== null) return `${text} (at most ${atMost})`
    return points === 0 ? text : `${text} (${points})`
  },
  without: 'Worked out without records under special protection, whoever looks, and without who pays.',
  anyTier: 'Any tier of risk',
  tierChoice: 'Tier of risk',
  tierName: (tier: number) => `Tier ${tier}`,
  reasonsLabel: 'What weighs most',
  override: {
    standing: (tier: number, by: string, until: string, workedOut: number) =>
      `${by} set tier ${tier}, until ${until}. The rules say ${workedOut}.`,
    past: (tier: number, words: string, by: string, day: string) => `Tier ${tier} set by ${by} on ${day}: ${words}`,
    earlier: 'Set before',
    set: 'Set another tier',
    verb: 'Set tier',
    change: 'Change',
    takeBack: 'Take back',
    title: 'Set the tier yourself',
    explained: (tier: number) =>
      `The rules say ${tier}. Your tier stands beside theirs, with your name, until its last day; lists follow yours. Agreeing with the rules in so many words helps, too.`,
    tier: 'Tier',
    words: 'Why',
    wordsHint: 'Everybody who sees the tier reads this. Nothing about records under special protection.',
    until: 'Until',
    takeBackTitle: 'Take your tier back?',
    takeBackExplained: 'The tier that the rules give counts again. What was written stays on the chart as ended.',
  },
  page: {
    title: 'Risk models',
    answer:
      'They put people in an order for a conversation. They decide nothing: not who is treated, not what is paid, and not about anybody’s insurance, which none of them can read.',
    since: (day: string, version: string) => `rules since ${day}, tables of ${version}`,
    predicts: 'Says:',
    limits: 'What it cannot do',
    weights: 'Weights',
    weightsOf: (title: string) => `Weights: ${title}`,
    weightsHead: ['What', 'Points'],
    sources: 'From:',
    overrides: ({ live, raised, lowered, confirmed }: { live: number; raised: number; lowered: number; confirmed: number }) =>
      raised + lowered + confirmed === 0
        ? 'No clinician has set a tier of their own yet.'
        : `Clinicians raised it ${plural(raised, 'time', 'times')}, lowered it ${plural(lowered, 'time', 'times')} and agreed in words ${plural(confirmed, 'time', 'times')}; of these ${plural(live, 'holds', 'hold')} today.`,
    calibration: 'How it fits this region',
    calibrationNote: (from: string) => `scores as of ${from}, and the year after`,
    calibrationOf: (title: string) => `Stays in hospital by score: ${title}`,
    calibrationHead: ['Score', 'People', 'With a stay in the year after', 'Share', '95 % interval'],
    calibrationNone: 'Not counted yet, or too few people: fewer than eleven are never told apart.',
    calibrationLimits:
      'Of people who are alive today and were known then. A model that fits has shares that rise with its score; where intervals overlap, it cannot tell people apart.',
    band: (score: number) => `Score ${score}`,
    stays: (stayed: number, people: number) => `${n(stayed)} of ${n(people)}`,
    hidden: (people: number) => `too few to show, of ${n(people)}`,
    spoken: (score: number, share: string, range: string) => `Score ${score}: ${share} had a stay in hospital, 95 % interval ${range}.`,
    spokenHidden: (score: number) => `Score ${score}: too few to show.`,
  },
}
