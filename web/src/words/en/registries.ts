import { n, plural } from './counting.ts'

export const registries = {
  title: 'Registries',
  answer: (largest: string, people: number) => `${largest} is the largest, with ${plural(people, 'person', 'people')}.`,
  notCounted: 'Nobody has been counted yet. The registries fill by themselves once the charts are read.',
  none: 'No registry is in force',
  noneAdvice: 'The region decides which are counted for all practices.',
  table: 'Who is in each registry',
  note: 'Came and went: through records, or as a day came. Whoever was there when counting began did not come in.',
  regionNote: 'People of all practices, each counted once, to the nearest ten. Ten or fewer are not shown.',
  head: ['Registry', 'People', 'Came in 30 days', 'Went in 30 days', 'Came in 90 days', 'Went in 90 days', 'Week by week', 'Counted since'],
  regionHead: ['Registry', 'People'],
  hidden: '10 or fewer',
  unknown: 'not counted yet',
  course: (title: string, from: number, to: number) => `${title}: ${n(from)} at first, ${n(to)} now, week by week`,
  tooShort: 'too short yet',
  meaning: 'What they mean',
  version: (version: string, hash: string) => `Version ${version}, definition ${hash}`,
  inForce: 'in force since',
  restsOn: 'Rests on',
  definition: 'Definition in CQL',
  any: 'In any registry',
  label: 'Registry',
  onChart: 'Registries',
  since: 'since',
  fromUntil: (left: string) => `until ${left}`,
  noStays: 'In no registry.',
  enteredBy: { FIRST_COUNT: 'There when counting began', DEFINITION: 'Came with a new definition', RECORDS: 'Came' },
  leftBy: {
    EXIT: (clauses: readonly string[]) => `Left: ${clauses.join(', ')}`,
    ENDED: () => 'Left: nothing of this holds any more',
    DEFINITION: () => 'Left with a new definition',
    RETIRED: () => 'Left: the registry is no longer counted',
  },
  retired: 'No longer counted',
  retiredNote: 'Charts keep since when somebody was in one, and why.',
  retiredHead: ['Registry', 'Until', 'Agreed with'],
  compared: {
    compare: 'Compare',
    compareOf: (title: string, version: string) => `Compare ${title} ${version}`,
    explained:
      'A job goes through every chart by this version and by the one in force, as of today. Nobody comes in or leaves by it. You see people to the nearest ten and which clauses move them, and never a patient; practices see their own people by name.',
    between: (title: string, before: string | null, after: string) =>
      before === null ? `${title} ${after}` : `${title} ${before} → ${after}`,
    asOf: 'as of',
    failed: 'It could not be compared',
    past: 'What is in force has changed since.',
    few: '10 or fewer',
    inAll: (enters: number | null, leaves: number | null, stays: number | null) => {
      const of = (people: number | null) => (people === null ? '10 or fewer' : `about ${n(people)}`)
      return `In all practices ${of(enters)} would come in, ${of(leaves)} would leave and ${of(stays)} would stay, each person counted once.`
    },
    byPractice: (name: string) => `${name}, by practice`,
    head: ['Practice', 'Come in', 'Leave', 'Stay'],
    noReasons: 'No clause moves more than ten people.',
    reason: {
      ENTERS: (why: string, people: number) => `About ${n(people)} come in: ${why}`,
      LEAVES: (why: string, people: number) => `About ${n(people)} leave: ${why}`,
    },
    clause: (clause: string, part: 'ENTRY' | 'EXIT', change: 'LOST' | 'GAINED') => {
      if (part === 'ENTRY') return change === 'GAINED' ? `"${clause}" now puts people in` : `"${clause}" no longer holds`
      return change === 'GAINED' ? `"${clause}" now takes people out` : `"${clause}" no longer takes people out`
    },
  },
  movers: {
    title: (title: string) => `If ${title} changes`,
    note: (before: string | null, after: string) =>
      before === null
        ? `by version ${after}, which the region is looking at`
        : `from version ${before} to ${after}, which the region is looking at`,
    head: ['Patient', 'Would', 'Because'],
    moves: { ENTERS: 'come in', LEAVES: 'leave' },
    first: (most: number) => `The first ${n(most)} are shown.`,
  },
  desk: {
    compared: 'Who would move',
    comparedNote: 'people to the nearest ten, before a version is put in force',
    notCompared: 'Nobody has looked who would come in and who would leave. Close this and choose Compare to see it first.',
    versions: 'Definitions',
    versionsNote: 'one of each registry is in force for all practices, or none',
    columns: {
      registry: 'Registry',
      version: 'Version',
      use: 'Use',
      actions: 'Actions',
      definition: 'Definition',
      loaded: 'Loaded',
      agreedWith: 'Agreed with',
      by: 'By',
      at: 'On',
    },
    use: { inForce: 'In force', replaced: 'Another version is in force', retired: 'Not counted' },
    none: 'No definition is loaded yet.',
    activate: 'Activate',
    activateOf: (title: string, version: string) => `Activate ${title} ${version}`,
    activateExplained:
      'All charts of all practices are counted anew by this definition within minutes. Who comes in or leaves by it does so as by definition, not as by records.',
    retire: 'Retire',
    retireOf: (title: string) => `Retire ${title}`,
    retireExplained:
      'Nobody is counted in it any more: everybody leaves within minutes, and practices no longer find it. Charts keep that they were in it, and it can be put in force again.',
    agreedWith: 'Agreed with',
    agreedWithHint: 'Who agreed and when, for example: quality committee, 12 March',
    agreed: 'Agreed on',
    retiredVersion: 'retired',
    shipped: 'CareCommons',
  },
}
