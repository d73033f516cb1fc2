import type { Letter } from '#shared/mail'

export interface InvitationFacts {
  readonly name: string
  readonly email: string
  readonly roleTitle: string
  /** Of a patient: what waits is the own chart, and no work. */
  readonly isPatient: boolean
  readonly organization: string
  readonly invitedBy: string
  readonly region: string
  readonly timeZone: string
  readonly expiresAt: string
}

/** The words of an invitation. Lines stay under 76 characters, so that the link is on a line of its own and is not broken in transit. */
export function invitationLetter(facts: InvitationFacts, link: string): Letter {
  const until = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: facts.timeZone })
  return {
    to: { name: facts.isPatient ? '' : facts.name, address: facts.email },
    subject: `Your invitation to ${facts.organization} on CareCommons`,
    text: [
      // A mistyped address does not learn who is a patient.
      facts.isPatient ? 'Hello,' : `Hello ${facts.name},`,
      '',
      ...(facts.isPatient
        ? [`${facts.invitedBy} invites you to CareCommons, on behalf of ${facts.organization}.`]
        : [`${facts.invitedBy} invites you to ${facts.organization} (${facts.region}).`, `Your role: ${facts.roleTitle}.`]),
      '',
      facts.isPatient
        ? 'Open this link to choose how you sign in; it asks for your birth date:'
        : 'Open this link to choose how you sign in:',
      '',
      link,
      '',
      `The link works once, until ${until.format(new Date(facts.expiresAt))}.`,
      'It is for you alone: please do not pass it on.',
      '',
      'If you did not expect this letter, you need not do anything.',
      '',
    ].join('\n'),
  }
}
