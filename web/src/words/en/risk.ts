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
  },
}
