import { local, spaced, textOf, type Elm } from './elm-parts.ts'

/** What records a retrieve asks for, by their profile or type. */
export function recordWords(retrieve: Elm): string {
  const profile = textOf(retrieve.templateId).split('/').at(-1) ?? ''
  const type = local(textOf(retrieve.dataType))
  const own = profile.replace(/^(?:qicore|us-core|us-quality-core)-/, '')
  const isType = own === '' || own.replaceAll('-', '').toLowerCase() === type.toLowerCase()
  return `${isType ? spaced(type) : profileWords(own)} records`
}

/** Profiles whose names are not how people call what they describe (QI-Core 6 and US Core 6.1). */
const called: Readonly<Record<string, string>> = {
  'condition-problems-health-concerns': 'problem or health concern',
  'condition-encounter-diagnosis': 'encounter diagnosis',
  'observation-lab': 'laboratory result',
  'observation-clinical-result': 'clinical result',
  'observation-screening-assessment': 'screening or assessment',
  'observation-pregnancystatus': 'pregnancy status',
  'observation-pregnancyintent': 'pregnancy intent',
  'simple-observation': 'observation',
  smokingstatus: 'smoking status',
  bmi: 'body mass index',
  observationcancelled: 'cancelled observation',
  taskrejected: 'rejected task',
}

const profileWords = (profile: string): string =>
  called[profile] ??
  profile
    .replaceAll('-', ' ')
    .replace(/not(done|requested|rejected|dispensed|ordered|administered)$/, ' not $1')
    .replace(/^medication(administration|dispense)/, 'medication $1')
    .toLowerCase()
