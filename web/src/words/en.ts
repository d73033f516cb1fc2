/* eslint-disable max-lines -- A translator works on one file. */
/**
 * Everything the app says, in English, in one place; a translation is a second file of the same shape.
 * Sentences that depend on a number are functions, so that each language keeps its own plurals and word order.
 */

type Improvement = 'INCREASE' | 'DECREASE'
type Standing = 'better' | 'worse' | 'alike'

const integer = new Intl.NumberFormat('en-US')
const n = (value: number): string => integer.format(value)
const plural = (value: number, one: string, many: string): string => `${n(value)} ${value === 1 ? one : many}`

export const en = {
  product: 'CareCommons',
  /** Numbers as in the US (1,204); dates day first with the month in letters (12 Mar), which nobody can misread. */
  locale: { numbers: 'en-US', dates: 'en-GB' },

  actions: {
    tryAgain: 'Try again',
    reload: 'Reload the page',
    close: 'Close',
    cancel: 'Cancel',
    print: 'Print this page',
    goHome: 'Go to the first page',
    signOut: 'Sign out',
    lightTheme: 'Light theme',
    darkTheme: 'Dark theme',
    otherTheme: 'Switch between light and dark',
    showAll: (count: number) => `Show all ${n(count)}`,
    showFewer: 'Show fewer',
  },

  frame: {
    skip: 'Skip to the page',
    search: 'Search or go to',
    navigation: 'Pages',
    menu: 'Menu',
    actingAs: 'Acting for',
    // Some people are called what they are.
    membership: (name: string, role: string) => (name.toLowerCase() === role.toLowerCase() ? name : `${name}, ${role}`),
  },

  roles: {
    'region-administrator': 'region administrator',
    clinician: 'clinician',
    'practice-administrator': 'practice administrator',
    'payer-analyst': 'analyst',
    'payer-system': 'payer system',
    'feed-system': 'feed system',
  } as Record<string, string>,

  palette: {
    title: 'Go to a page, an action or a patient',
    page: 'Page',
    born: (day: string) => `born ${day}`,
    nothing: 'Nothing fits. Try fewer letters, or a family name.',
  },

  signIn: {
    title: 'Sign in',
    outside: (name: string) => `Sign in with ${name}`,
    outsideRefused: (name: string) => `${name} did not let you in here`,
    outsideRefusedAdvice:
      'Your account there is not known here, or the sign-in took too long. Try again; if it stays so, ask whoever administers your organization.',
    outsideAway: (name: string) => `${name} does not answer`,
    outsideAwayAdvice: 'Try again in a moment, or sign in with your password.',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    waiting: 'Signing in',
    refused: 'You are not signed in',
    help: 'No access, or a lost password? Ask the administrator of your organization.',
    ended: 'Your session has ended',
    endedAdvice: 'Sign in again to go on where you were.',
  },

  states: {
    loading: 'Loading',
    dataThrough: 'Data through',
    notOnFile: 'not on file',
    moreOnScreen: (count: number) => `and ${n(count)} more on screen`,
  },

  problems: {
    offline: { title: 'CareCommons cannot be reached', advice: 'Check the connection, then try again. Nothing you did is lost.' },
    'signed-out': { title: 'You are signed out', advice: 'Sign in again to go on.' },
    refused: {
      title: 'Your role does not include this',
      advice: 'If you need it for your work, ask the administrator of your organization.',
    },
    failed: { title: 'This part could not be loaded', advice: 'Try again in a moment.' },
    stale: 'This could not be refreshed; you see it as it was',
    quote: (id: string) => `If it stays, tell support this id: ${id}.`,
    broken: 'This page stopped working',
    brokenAdvice: 'Reloading usually helps.',
    noHome: 'There is no page for your organization yet',
    noHomeAdvice: 'Ask the administrator of your region.',
    noPage: 'No such page',
    noPageWhy: 'There is nothing at this address for you',
    noPageAdvice: 'The link may be old, or meant for another role.',
  },

  time: {
    seconds: (seconds: number) => `${n(seconds)} s`,
    minutes: (minutes: number, seconds: number) => `${n(minutes)} min ${seconds} s`,
  },

  charts: {
    showTable: 'Show as table',
    showChart: 'Show as chart',
    own: 'You, with 95% interval',
    region: 'Region',
    peers: 'Other practices, unnamed',
    peopleAxis: 'People',
    intervalNote: 'with 95% interval',
    funnelPoint: (name: string, rate: string, people: string) => `${name}: ${rate} of ${people}`,
  },

  values: {
    a1c: 'A1c',
    bloodPressure: 'BP',
    phq9: 'PHQ-9',
    percent: (value: string) => `${value}%`,
    pair: (first: string, second: string) => `${first}/${second}`,
  },

  home: {
    title: 'Home',
    charts: (living: number, died: number) =>
      `${plural(living, 'patient', 'patients')}${died > 0 ? `, and ${plural(died, 'chart', 'charts')} of people who died` : ''}.`,
    nobody: 'Nobody stands out today.',
    /** What people of an attention group have in common, after their number: `12 people have an HbA1c above 9%`. */
    attention: {
      'a1c-over-9': (count: number) => `${count === 1 ? 'person has' : 'people have'} an HbA1c above 9%`,
      'pressure-160-100': (count: number) => `${count === 1 ? 'person has' : 'people have'} a blood pressure of 160/100 or higher`,
      'unseen-two-conditions': (count: number) =>
        `${count === 1 ? 'person has' : 'people have'} two or more conditions and no visit for a year`,
      'phq9-10': (count: number) => `${count === 1 ? 'person has' : 'people have'} a PHQ-9 of 10 or more`,
    } as Record<string, (count: number) => string>,
    shownOf: (shown: number, count: number) => (shown < count ? `the first ${n(shown)} of ${n(count)}` : plural(count, 'person', 'people')),
    seen: 'Seen',
    never: 'never',
    openGaps: (count: number) => plural(count, 'gap', 'gaps'),
    gaps: 'Open gaps',
    gapsNote: 'people, by measure',
    noGaps: 'No gaps are open, or no run has been published yet.',
    conditions: 'Conditions',
    noConditions: 'No conditions are on file yet.',
    results: 'Results',
    compare: 'Compare',
    now: 'Now',
    change: 'Since last period',
    firstPeriod: 'first period',
    moved: (points: number, verdict: Standing) => {
      const amount = points === 0 ? 'no change' : `${points > 0 ? '+' : '−'}${plural(Math.abs(points), 'point', 'points')}`
      return verdict === 'alike' ? `${amount}, may be chance` : `${amount}, ${verdict}`
    },
  },

  registry: {
    title: 'Registry',
    answer: ({ total, of, filtered, gap }: { total: number; of: number | undefined; filtered: boolean; gap: string | undefined }) => {
      if (!filtered) return plural(total, 'patient', 'patients')
      const whom = gap
        ? `${plural(total, 'patient', 'patients')} with an open gap in ${gap}`
        : `${plural(total, 'patient fits', 'patients fit')}`
      return of === undefined ? whom : `${whom}, of ${n(of)}`
    },
    search: 'Search patients',
    searchHint: 'Name or record number',
    condition: 'Condition',
    anyCondition: 'Any condition',
    gap: 'Open gap',
    anyGap: 'With or without open gaps',
    choice: (title: string, people: number) => `${title} (${n(people)})`,
    clear: 'Clear filters',
    columnsButton: 'Columns',
    noMatch: 'Nobody fits these filters',
    noMatchAdvice: 'Try a shorter name, or clear the filters to see everyone.',
    noPatients: 'No patients are on file yet',
    noPatientsAdvice: 'They appear here once your records have been imported. Ask the administrator of your region when that is planned.',
    columns: {
      name: { head: 'Patient' },
      age: { head: 'Age' },
      sex: { head: 'Sex' },
      conditions: { head: 'Conditions' },
      gaps: { head: 'Open gaps' },
      a1c: { head: 'HbA1c', unit: '%', hint: 'HbA1c: average blood sugar of about three months' },
      bloodPressure: { head: 'Blood pressure', unit: 'mmHg' },
      phq9: { head: 'PHQ-9', unit: '0 to 27', hint: 'PHQ-9: depression questionnaire, higher is worse' },
      lastVisit: { head: 'Last visit' },
      lastContact: { head: 'Last contact', hint: 'Last contact by a care manager' },
      careManager: { head: 'Care manager' },
      clinician: { head: 'Clinician' },
      recordNumber: { head: 'Record number' },
    },
  },

  patient: {
    title: 'Patient',
    name: (family: string, given: string) => `${family}, ${given}`,
    ageAndSex: (age: number | null, sex: string | null) => [age === null ? null : n(age), sex].filter(Boolean).join(', '),
    sexShort: (sex: string) => ({ male: 'M', female: 'F', other: 'X' })[sex] ?? '',
    ageAndSexShort: (age: number | null, sex: string) => [age === null ? '' : n(age), sex].join(' ').trim(),
    genders: { male: 'male', female: 'female', other: 'other', unknown: 'unknown' } as Record<string, string>,
    died: 'Died',
    born: 'Born',
    record: 'Record number',
    phone: 'Phone',
    address: 'Address',
    clinician: 'Clinician',
    careManager: 'Care manager',
    lastVisit: 'Last visit',
    lastContact: 'Last contact',
    conditions: 'Conditions',
    openChart: 'Open the whole chart',
    missing: 'This chart is not here',
    missingAdvice: 'The link may be old, or the chart belongs to another practice.',
    gaps: 'Gaps',
    noGaps: 'No measure counts this patient in the newest published period.',
    gapStates: { OPEN: 'Open', MET: 'Met', EXCLUDED: 'Left out' },
    evidence: (count: number) => `Why: ${plural(count, 'record', 'records')}`,
    resourceTypes: {
      Condition: 'Problem',
      Encounter: 'Visit',
      Immunization: 'Immunization',
      MedicationRequest: 'Medicine',
      Observation: 'Value',
      Procedure: 'Procedure',
      ServiceRequest: 'Order',
      CarePlan: 'Care plan',
      CareTeam: 'Care team',
    } as Record<string, string>,
    values: 'Values',
    noValues: 'No values to follow are on file.',
    measured: 'Measured',
    was: (value: string) => `was ${value}`,
    onlyOne: 'only one',
    /** UCUM codes that people write otherwise. */
    units: {
      'mm[Hg]': 'mmHg',
      'kg/m2': 'kg/m²',
      'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
      'mL/min/1.73m2': 'mL/min/1.73 m²',
      '{score}': 'score',
    } as Record<string, string>,
    trendSpoken: (title: string, count: number, since: string, first: string, last: string) =>
      `${title}: ${plural(count, 'value', 'values')} since ${since}, first ${first}, last ${last}`,
    problems: 'Problems',
    activeOf: (active: number, all: number) =>
      all === 0 ? '' : active === all ? `${n(active)} active` : `${n(active)} active of ${n(all)}`,
    until: 'until',
    resolved: 'resolved',
    noProblems: 'No problems are on file.',
    medications: 'Medicines',
    noMedications: 'No medicines are on file.',
    medicationStates: {
      stopped: 'stopped',
      completed: 'completed',
      'on-hold': 'on hold',
      cancelled: 'cancelled',
      draft: 'draft',
      'entered-in-error': 'entered in error',
      unknown: 'state unknown',
    } as Record<string, string>,
    allergies: 'Allergies',
    highRisk: 'High risk:',
    noAllergies: 'No allergies are on file.',
    immunizations: 'Immunizations',
    noImmunizations: 'No immunizations are on file.',
    timeline: 'Timeline',
    noEncounters: 'No visits are on file.',
    encounterClasses: {
      EMER: 'emergency',
      IMP: 'hospital',
      ACUTE: 'hospital',
      NONAC: 'hospital',
      OBSENC: 'observation',
      HH: 'home',
      VR: 'remote',
      SS: 'short stay',
      FLD: 'field',
    } as Record<string, string>,
    coverage: 'Coverage',
    since: 'since',
    uninsured: 'Uninsured',
    noCoverage: 'No coverage is on file.',
    careTeam: 'Care team',
    noCareTeam: 'No care team is on file.',
    records: (count: number) => `This chart holds ${plural(count, 'record', 'records')}.`,
  },

  measures: {
    title: 'Measures',
    period: 'Period',
    measure: 'Measure',
    answer: ({ better, worse, of }: { better: number; worse: number; of: number }) => {
      if (better === 0 && worse === 0) return `In all ${plural(of, 'measure', 'measures')} the difference from the region may be chance.`
      const parts = [better > 0 && `better than the region in ${n(better)}`, worse > 0 && `worse in ${n(worse)}`].filter(Boolean)
      const rest = of - better - worse
      return `Of ${plural(of, 'measure', 'measures')} you do ${parts.join(' and ')}${rest > 0 ? '; elsewhere the difference may be chance' : ''}.`
    },
    comparison: 'You, the region and the other practices',
    comparisonHead: ['Measure', 'People', 'Your rate', '95% interval', 'Region', 'Other practices', 'Direction'],
    direction: { INCREASE: 'Higher is better', DECREASE: 'Lower is better' } satisfies Record<Improvement, string>,
    verdicts: { better: 'Better than the region', worse: 'Worse than the region', alike: 'Like the region' } satisfies Record<
      Standing,
      string
    >,
    ahead: (ahead: number, of: number) => `Better than ${n(ahead)} of ${plural(of, 'other practice', 'other practices')}`,
    ofPeople: (numerator: number, people: number) => `${n(numerator)} of ${n(people)}`,
    nobodyCounted: 'Nobody counted',
    spoken: (title: string, own: string | null, region: string | null) =>
      `${title}: ${own === null ? 'no rate' : `you ${own}`}${region === null ? '' : `, region ${region}`}`,
    trends: 'Over time',
    trendsNote: 'published periods, with 95% interval',
    trendsHead: ['Measure', 'Period', 'People', 'Rate', '95% interval'],
    trendSpoken: (title: string, points: readonly string[]) => `${title} over time: ${points.join(', ')}`,
    onePeriod: 'One period is published so far; the line starts with the second.',
    notes: 'What is counted',
    version: (version: string, hash: string) => `version ${version}, package ${hash}`,
    nonePublished: 'No results are published yet',
    nonePublishedAdvice: 'They appear after the first metric run of your region.',
  },

  overview: {
    title: 'Overview',
    size: (practices: number, people: number, payers: number) =>
      `${plural(practices, 'practice', 'practices')}, ${plural(people, 'person', 'people')} counted once, ${plural(payers, 'payer', 'payers')}.`,
    latestRun: (period: string, state: string) => `Latest run: ${period}, ${state.toLocaleLowerCase()}`,
    seeRun: 'See the run',
    noRun: 'Start the first run',
    nonePublishedAdvice: 'Start a run under Runs; its results appear here as soon as it is published.',
    needHelp: (count: number, of: number) =>
      count === 0
        ? `of ${plural(of, 'practice', 'practices')} stand out; chance may explain every difference`
        : `of ${plural(of, 'practice', 'practices')} ${count === 1 ? 'does' : 'do'} worse than chance would explain`,
    reason: (measure: string, rate: string, region: string) => `${measure} ${rate}, region ${region}`,
    funnels: 'Practices against the region',
    funnelsNote: (period: string) =>
      `${period}. Dashed: region. Lines: limits that hold 95% and 99.8% of practices if only chance differs.`,
    funnelNote: (direction: string, rate: string) => `${direction}. Region ${rate}`,
    funnelSpoken: (measure: string, practices: number, worse: number) =>
      `${measure}: ${plural(practices, 'practice', 'practices')}, ${n(worse)} worse than chance explains`,
    funnelsHead: ['Measure, practice', 'People', 'Rate', '95% interval', 'Against the region'],
    standings: { better: 'better than chance explains', worse: 'worse than chance explains', alike: 'within chance' } satisfies Record<
      Standing,
      string
    >,
    practices: 'Practices',
    practicesNote: 'people in the measure, then rate; a mark where chance does not explain the difference',
    columns: {
      practice: 'Practice',
      city: 'City',
      need: 'Worse in',
      needHint: 'Measures in which chance does not explain the difference',
      charts: 'Charts',
      dataThrough: 'Data through',
    },
    regionRate: (rate: string) => `region ${rate}`,
    nobody: 'nobody counted',
    cellHint: (interval: string, standing: string) => `95% interval ${interval}, ${standing}`,
    noPractices: 'No practices have joined yet',
    noPracticesAdvice: 'They appear with their first import.',
  },

  runs: {
    title: 'Runs',
    one: 'Run',
    of: (period: string) => `Run of ${period}`,
    start: 'Start a run',
    startExplained:
      'A run reads every chart as it stands now and publishes the results of the period when all are counted. Results published before stay until then.',
    refused: 'The run was not started',
    answer: (working: number, period: string | undefined, state: string | undefined) => {
      if (working > 0) return `${plural(working, 'run is', 'runs are')} working now.`
      return period && state ? `Nothing is running. The latest run, ${period}, is ${state.toLocaleLowerCase()}.` : ''
    },
    none: 'No runs yet',
    noneAdvice: 'Start one to count the measures of a period.',
    columns: { period: 'Period', state: 'State', progress: 'Charts', asked: 'Asked for', took: 'Took' },
    states: { QUEUED: 'Waiting', EVALUATING: 'Reading charts', SCORING: 'Counting', PUBLISHED: 'Published', FAILED: 'Failed' },
    progress: 'Charts read',
    chartsOf: (done: string, total: string) => (done === total ? done : `${done} of ${total}`),
    parts: 'Parts',
    partsOf: (done: number, total: number) => `${n(done)} of ${n(total)} done`,
    finished: 'Finished',
    watermark: 'Data version',
    id: 'Id',
    measures: 'Measures',
    failed: 'This run failed',
    failedAdvice: (id: string) => `Results published before are unchanged. You can start it again; to support, quote ${id}.`,
    missing: 'This run is not here',
    missingAdvice: 'The link may be old.',
  },

  systems: {
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
  },

  performance: {
    title: 'Performance',
    download: 'Download CSV',
    answer: (members: number | null, period: string) =>
      `${members === null ? 'Your attributed members' : `${n(members)} or more attributed members (counted in tens)`}, ${period}.`,
    published: 'Published',
    members: 'Your members in the region',
    membersHead: ['Measure', 'People', 'Rate', '95% interval'],
    spoken: (title: string, rate: string | null) => `${title}: ${rate ?? 'no rate'}`,
    table: 'By practice',
    counts: (rows: number, hidden: number) => `${plural(rows, 'row', 'rows')}, ${n(hidden)} hidden`,
    suppression:
      'A row is hidden when one of its counts, or what is left beside it, is 1 to 10 people, or when it would let another hidden row be worked out.',
    hidden: 'hidden',
    allHidden: 'Every row of this period is hidden, because so few of your members are in it. Another period may show more.',
    wholeRegion: 'Whole region',
    columns: {
      who: 'Practice',
      measure: 'Measure',
      initialPopulation: 'Initial population',
      denominator: 'Denominator',
      denominatorExclusion: 'Exclusions',
      denominatorException: 'Exceptions',
      numerator: 'Numerator',
      rate: 'Rate',
      interval: '95% interval',
    },
    hints: {
      initialPopulation: 'Members the measure looks at',
      denominator: 'Members the measure applies to',
      denominatorExclusion: 'Taken out before counting',
      denominatorException: 'Taken out because of a valid reason',
      numerator: 'Members who meet the measure',
    },
    source: (run: string) => `From run ${run}.`,
    none: 'No results are published for your members yet',
    noneAdvice: 'They appear after the next metric run of the region.',
  },
}
