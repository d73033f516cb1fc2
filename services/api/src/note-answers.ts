import type { SubjectName } from '@carecommons/access'
import type { Refusal } from '@carecommons/kernel'
import type { Entrance } from './entrance.ts'

/** Names, figures and measures that everybody of a kind may read, and the own sign-in: reading them tells of nobody. */
const OF_NOBODY: readonly SubjectName[] = [
  'Account',
  'Directory',
  'Organization',
  'Measure',
  'MeasurePackage',
  'MetricRun',
  'RegionOverview',
  'SavedView',
  'ListExport',
  'RecordUpload',
]

/** Everything else that is read leaves a row in the audit: also a search that found nothing, and what is not there for whoever asked. */
export function noteLook(entrance: Entrance, subject: SubjectName, subjectIds: readonly string[], answer: unknown): void {
  if (OF_NOBODY.includes(subject)) return
  const found = subjectIds.length === 0 || !isEmpty(answer)
  entrance.look({ action: 'read', subject, subjectIds }, found)
}

const isEmpty = (answer: unknown): boolean =>
  answer == null ||
  (Array.isArray(answer) ? answer.length === 0 : typeof answer === 'object' && 'totalCount' in answer && answer.totalCount === 0)

/** What a change answered that it did not make: the thing is not there for whoever asked, or it may not be done. */
export const refusedAs = ({ code }: Refusal): 'denied' | 'not-found' => (NOT_THERE.test(code) ? 'not-found' : 'denied')

const NOT_THERE = /NotFound$|Unknown$|^(Organization|Membership|Invitation|SignIn|Assignment|CareManager|Practice)Missing$/
