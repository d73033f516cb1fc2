import { n, plural } from './counting.ts'

const AHEAD = { 30: '30 days', 60: '60 days', 90: '90 days', 365: 'a year' } as const

export const registry = {
  title: 'Registry',
  answer: ({
    total,
    of,
    filtered,
    gap,
    ahead,
    behind,
  }: {
    total: number
    of: number | undefined
    filtered: boolean
    gap: string | undefined
    ahead: keyof typeof AHEAD | null
    behind: string | null
  }) => {
    if (!filtered) return plural(total, 'patient', 'patients')
    if (behind !== null) return `${plural(total, 'patient', 'patients')}: ${behind}`
    const whom = ahead
      ? `${plural(total, 'patient', 'patients')} with a gap${gap ? ` in ${gap}` : ''} that comes due within ${AHEAD[ahead]}`
      : gap
        ? `${plural(total, 'patient', 'patients')} with an open gap in ${gap}`
        : `${plural(total, 'patient fits', 'patients fit')}`
    return of === undefined ? whom : `${whom}, of ${n(of)}`
  },
  moved: (rows: number) => `Since you opened the list, ${plural(rows, 'row belongs', 'rows belong')} elsewhere.`,
  showMoved: 'Put in order',
  behind: (population: string, measure: string, period: string | null) => [population, measure, period].filter(Boolean).join(', '),
  outreach: 'List to call',
  search: 'Search patients',
  searchHint: 'Name or record number',
  condition: 'Condition',
  anyCondition: 'Any condition',
  measure: 'Measure',
  anyMeasure: 'Any measure',
  due: 'Comes due',
  anyDue: 'Whenever gaps come due',
  ahead: AHEAD,
  dueWithin: (ahead: string) => `Due within ${ahead}`,
  comingStates: {
    UNDER_WAY: 'Which gaps come due is being worked out for the newest figures. The list fills by itself once it is.',
    GIVEN_UP: 'Which gaps come due could not be worked out for the newest figures. It is tried again with the next run, tonight.',
  },
  gap: 'Open gap',
  anyGap: 'With or without open gaps',
  panel: 'Clinician',
  anyPanel: 'Any clinician',
  careManager: 'Care manager',
  anyCareManager: 'Any care manager',
  choice: (title: string, people: number) => `${title} (${n(people)})`,
  clear: 'Clear filters',
  choose: {
    column: 'Choose',
    row: (name: string) => `Choose ${name}`,
    all: 'Choose all rows shown',
  },
  bulk: {
    label: 'With the people chosen',
    chosen: (people: number) => `${n(people)} chosen`,
    chooseAll: (total: number) => `Choose all ${n(total)}`,
    chooseFirst: (most: number, total: number) => `Choose the first ${n(most)} of ${n(total)}`,
    clear: 'Choose nobody',
    onList: (day: string) => `Everybody chosen is on the list for ${day}.`,
  },
  columnsButton: 'Columns',
  moveEarlier: (column: string) => `Move ${column} forward`,
  moveLater: (column: string) => `Move ${column} back`,
  nobody: {
    matching: { title: 'Nobody fits these filters', advice: 'Try a shorter name, or clear the filters to see everyone.' },
    notKnown: { title: 'Who has a gap that comes due is not known yet', advice: 'Clear the filters to see everyone.' },
    due: (ahead: string, until: string | undefined) => ({
      title: `No gap comes due within ${ahead}`,
      advice: until ? `What is closed stays closed until ${until}. Look further ahead.` : 'Look further ahead, or clear the filters.',
    }),
    reached: {
      title: 'No practice is assigned to you yet',
      advice: 'Its patients appear here as soon as one is. Ask the workforce manager of your region.',
    },
    imported: {
      title: 'No patients are on file yet',
      advice: 'They appear here once your records have been imported. Ask the administrator of your region when that is planned.',
    },
  },
  columns: {
    NAME: { head: 'Patient' },
    AGE: { head: 'Age' },
    SEX: { head: 'Sex' },
    CONDITIONS: { head: 'Conditions' },
    GAPS: { head: 'Open gaps' },
    RISK: { head: 'Risk', hint: 'Tier 0 to 4, and what weighs most. In order: the tier, then what a practice could change' },
    DUE: { head: 'Comes due', hint: 'The closed gap that opens first: from then on what closed it is too old' },
    A1C: { head: 'HbA1c', unit: '%', hint: 'HbA1c: average blood sugar of about three months' },
    BLOOD_PRESSURE: { head: 'Blood pressure', unit: 'mmHg' },
    PHQ9: { head: 'PHQ-9', unit: '0 to 27', hint: 'PHQ-9: depression questionnaire, higher is worse' },
    LAST_VISIT: { head: 'Last visit' },
    LAST_CONTACT: { head: 'Last contact', hint: 'Last contact by a care manager' },
    CARE_MANAGER: { head: 'Care manager' },
    CLINICIAN: { head: 'Clinician' },
    BORN: { head: 'Born' },
    PHONE: { head: 'Telephone' },
    RECORD_NUMBER: { head: 'Record number' },
  },
}
