import { n, plural } from './counting.ts'

export const registry = {
  title: 'Registry',
  answer: ({
    total,
    of,
    filtered,
    gap,
    behind,
  }: {
    total: number
    of: number | undefined
    filtered: boolean
    gap: string | undefined
    behind: string | null
  }) => {
    if (!filtered) return plural(total, 'patient', 'patients')
    if (behind !== null) return `${plural(total, 'patient', 'patients')}: ${behind}`
    const whom = gap
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
  gap: 'Open gap',
  anyGap: 'With or without open gaps',
  panel: 'Clinician',
  anyPanel: 'Patients of any clinician',
  choice: (title: string, people: number) => `${title} (${n(people)})`,
  clear: 'Clear filters',
  columnsButton: 'Columns',
  nobody: {
    matching: { title: 'Nobody fits these filters', advice: 'Try a shorter name, or clear the filters to see everyone.' },
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
    born: { head: 'Born' },
    phone: { head: 'Telephone' },
    recordNumber: { head: 'Record number' },
  },
}
