import { groupsOf } from './read-diagnoses.ts'
import type { RiskChart } from './risk-chart.ts'

/** A chart of somebody of 60 with these problems, in ICD-10-CM, and nothing else. */
export const chartWith = (codes: readonly string[], more: Partial<RiskChart> = {}): RiskChart => ({
  today: '2026-03-02',
  birthDate: '1966-01-01',
  problems: codes.map((code, index) => ({
    fact: `Condition/${index}`,
    groups: groupsOf({ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }),
  })),
  stays: [],
  emergencies: [],
  values: { a1c: [], systolic: [], phq9: [], hemoglobin: [], sodium: [] },
  openGaps: 0,
  lastSeenOn: '2026-02-20',
  ...more,
})
