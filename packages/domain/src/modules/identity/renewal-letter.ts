import type { Letter } from '#shared/mail'
import type { InvitationFacts } from './invitation-letter.ts'

/** To somebody who lost their ways in. Lines stay under 76 characters, so that the link is on a line of its own and is not broken in transit. */
export function renewalLetter(facts: InvitationFacts, link: string): Letter {
  return letter(facts, 'Choose new ways to sign in to CareCommons', [
    `${facts.invitedBy} of ${facts.organization}`,
    'lets you choose new ways to sign in to CareCommons.',
    '',
    facts.isPatient ? 'Open this link to choose them; it asks for your birth date:' : 'Open this link to choose them:',
    '',
    link,
    '',
    `The link works once, until ${moment(facts.expiresAt, facts.timeZone)}.`,
    'Once you have chosen, what you signed in with before counts no more,',
    'and whoever is signed in as you is signed out. Until then nothing changes.',
    '',
    'If you did not ask for this, do not open the link and do not pass it on:',
    `somebody may have asked in your name. Please tell ${facts.organization}.`,
  ])
}

export interface RenewedFacts extends Pick<InvitationFacts, 'name' | 'email' | 'isPatient' | 'organization' | 'timeZone'> {
  readonly renewedAt: string
  /** They have memberships elsewhere. */
  readonly waits: boolean
}

/** That it happened, to the address that the link went to (NIST SP 800-63B-4, section 4.2.3). */
export function renewedLetter(facts: RenewedFacts): Letter {
  return letter(facts, 'You sign in to CareCommons in a new way', [
    `On ${moment(facts.renewedAt, facts.timeZone)} somebody opened the link`,
    'that was sent to this address and chose new ways to sign in as you.',
    'What you signed in with before counts no more.',
    '',
    ...(facts.waits
      ? [
          `You act for ${facts.organization} as before. For your other`,
          'organizations you act again once each has confirmed that it is you:',
          'ask its administrator for a letter, and open it while you are signed in.',
          '',
        ]
      : []),
    facts.waits ? 'If that was you, that is all.' : 'If that was you, you need not do anything.',
    `If it was not, call ${facts.organization} now:`,
    'its administrator can end the access at once.',
  ])
}

const letter = (
  { name, email, isPatient }: Pick<InvitationFacts, 'name' | 'email' | 'isPatient'>,
  subject: string,
  lines: readonly string[],
) => ({
  to: { name: isPatient ? '' : name, address: email },
  subject,
  // An address that passed to somebody else does not tell who is a patient.
  text: [isPatient ? 'Hello,' : `Hello ${name},`, '', ...lines, ''].join('\n'),
})

const moment = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(instant))
