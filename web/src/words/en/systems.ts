import { plural } from './counting.ts'

export const systems = {
  title: 'Systems',
  answer: (live: number) =>
    live === 0 ? 'No program signs in by itself.' : `${plural(live, 'program signs', 'programs sign')} in with a key of its own.`,
  columns: { name: 'Name', organization: 'Organization', role: 'Role', state: 'State', lastToken: 'Last came' },
  live: 'At work',
  ended: 'Ended',
  never: 'never',
  none: 'No systems yet',
  noneAdvice: 'Register one when a payer or a practice wants its own program to fetch or send by itself.',
  register: 'Register a system',
  registerExplained: 'A program proves itself with a private key that never leaves its makers. Ask them for the public part only.',
  notRegistered: 'The system was not registered',
  nameHint: 'What it does and where: it stands in the audit beside everything it does.',
  choose: 'Choose a payer or a practice',
  scopes: 'It may',
  keys: 'Public keys',
  keysBy: { address: 'Published at an address: the makers can change keys by themselves', text: 'Given here' },
  keyAddress: 'Address of the key set',
  keyAddressHint: 'A JSON Web Key Set, reachable from the internet.',
  keySet: 'Key set',
  keySetHint: 'JSON: {"keys": [...]}. RSA from 2048 bits, or EC on P-384; each key with a "kid".',
  clientId: 'Client id',
  tokenAddress: 'Token address',
  registered: 'Registered',
  end: 'End this system',
  endOf: (name: string) => `End ${name}`,
  endExplained: (organization: string) =>
    `The program of ${organization} is shut out at once, in the middle of what it does, and cannot be let in again: it would have to be registered anew.`,
  notEnded: 'The system was not ended',
}
