import type { Letter } from '#shared/mail'

export interface EmergencyFacts {
  readonly practice: string
  readonly openedAt: string
  readonly timeZone: string
}

/** Tells that there was an emergency and where to read of it: neither the chart, nor who opened it, nor why leaves the house by mail. */
export function emergencyLetter(to: Letter['to'], { practice, openedAt, timeZone }: EmergencyFacts, link: string): Letter {
  const at = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone })
  return {
    to,
    subject: `A chart of ${practice} was opened in an emergency`,
    text: [
      `Hello ${to.name},`,
      '',
      `Somebody opened a chart of ${practice} in an emergency`,
      `on ${at.format(new Date(openedAt))}.`,
      '',
      'Sign in to see who it was, which chart and for what reason.',
      'If it was no emergency you can contest it there, which ends it at once:',
      '',
      link,
      '',
      'You get this letter because you run the practice on CareCommons.',
      '',
    ].join('\n'),
  }
}

/** To the coordinating body, of a practice that nobody runs: that it needs an administrator, who then reads the rest. Nothing of the chart. */
export function orphanedLetter(to: Letter['to'], { practice }: EmergencyFacts, link: string): Letter {
  return {
    to,
    subject: `${practice} has no administrator to tell of an emergency`,
    text: [
      `Hello ${to.name},`,
      '',
      `Somebody opened a record in an emergency, and ${practice} has no`,
      'administrator on CareCommons who could look at it and contest it.',
      '',
      'Ask one in. Who opened what, and why, is then for them to see:',
      '',
      link,
      '',
      'You get this letter because you administer the coordinating body.',
      '',
    ].join('\n'),
  }
}
