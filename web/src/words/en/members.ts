import { n, plural } from './counting.ts'

export const members = {
  practices: 'Practices',
  payers: 'Payers',
  addPractice: 'Add a practice',
  addPayer: 'Add a payer',
  noPractices: 'No practice has joined yet',
  noPayers: 'No payer has joined yet',
  noneAdvice: 'Add the first one; it takes its name and a short name for files and links.',
  answer: (all: number, inactive: number) =>
    inactive === 0 ? `${n(all)} in the region.` : `${n(all)} in the region, ${n(inactive)} not active yet: agreements are missing.`,
  payersAnswer: (all: number) => `${n(all)} in the region.`,
  name: 'Name',
  slug: 'Short name',
  slugHint: 'For files and links: lower case letters, digits and dashes. It stays.',
  city: 'City',
  rename: 'Rename',
  renameOf: (name: string) => `Rename ${name}`,
  renameExplained: 'The short name stays as it is: files and links use it. A payer that records only name becomes a payer of the region.',
  add: 'Add',
  refused: 'Nothing was written',
  columns: { name: 'Name', city: 'City', state: 'State', people: 'People', invited: 'Invited', careManagers: 'Care managers' },
  active: (day: string) => `Active since ${day}`,
  agreed: 'Agreed',
  onlyNamed: 'Only named in records; saving it agrees',
  missingAgreements: (count: number) => `${plural(count, 'agreement', 'agreements')} missing`,
  missing: 'There is no such organization',
  missingAdvice: 'The link may be old. Go back to the list.',
  steps: 'What is missing',
  stepAgreements:
    'Both agreements have to be signed: record them here when you hold them on paper, or ask the administrator to sign in the web.',
  emergenciesTold: (times: number) =>
    `${times === 1 ? 'An emergency access here was' : `${n(times)} emergency accesses here were`} told to you by mail, since nobody at the practice could be. Its administrator will see who it was, and can contest it.`,
  stepAdministrator: 'Nobody administers this practice yet: invite its administrator, who invites everybody else.',
  ready: (day: string) => `Active since ${day}: its people reach their charts.`,
  part2: {
    title: '42 CFR Part 2',
    is: 'A program for substance use disorders: every record that arrives for it is opened by written consent only.',
    isNot: 'Not a program for substance use disorders. Records are protected where their source marks them.',
    begin: 'Mark as a Part 2 program',
    end: 'Mark as no Part 2 program',
    beginExplained:
      'From now on every record that arrives for this practice is protected: nobody sees it without the patient\u2019s written consent. Records that are here already are protected once they are imported again.',
    endExplained: 'Records that arrive from now on are protected only where their source marks them. Those protected now stay so.',
  },
}
