import { databaseRoles } from './database-role.ts'
import { unlabelledOrOpen } from './labelled-policies.ts'
import { LISTED_PRACTICES, type Policy, setting } from './policies.ts'
import { adds, asMyself, changes, may } from './writing-policies.ts'

/*
 * Who writes what was agreed to, opened, contested or documented about a chart: as the role pages permit, in the own name, once. What was
 * written keeps its words, and what ended does not begin again. Emergencies begin in definer functions alone.
 */

const OWN_PRACTICE = `(practice_id = ${setting('practice_id')})`
const LISTED = `(practice_id = ${LISTED_PRACTICES})`
const MINE_TO_READ = `(recipient_id = ${setting('organization_id')})`
const NOT_ENDED = '(ended_at IS NULL)'

/** As the acting person is called: of another name there is nothing to write. */
export const inMyName = (column: string): string => `(${column} = ( SELECT u.name
   FROM app_user u
  WHERE (u.id = ${setting('user_id')})))`

const all = (...conditions: readonly string[]): string => `(${conditions.join(' AND ')})`
const either = (...conditions: readonly string[]): string => `(${conditions.join(' OR ')})`

const VIEW_PARTS = [
  ...['name', 'audience', 'filter', 'clinical', 'sort', 'reversed', 'columns'],
  ...['version', 'part_versions', 'changed_by_name', 'changed_at', 'ended_at'],
]

const ENDING = ['ended_at', 'ended_by_name']
const ENDED_BY_ME = all('(ended_at IS NOT NULL)', inMyName('ended_by_name'))

type Place = 'practice' | 'coordinating-body'
const roleOf = { practice: databaseRoles.practice, 'coordinating-body': databaseRoles.careManager } as const

/** Of sensitive records, care managers write consents to their own organization alone: of others they are not to know (42 CFR 2.13(c)). */
const consents = (place: Place): Policy[] => {
  const reach = place === 'practice' ? OWN_PRACTICE : LISTED
  const whose = place === 'practice' ? [] : [MINE_TO_READ]
  const permitted = (action: 'create' | 'end'): string =>
    either(
      all('(category IS NULL)', may(action, 'Consent', place)),
      all('(category IS NOT NULL)', ...whose, may(action, 'SensitiveConsent', place)),
    )
  return [
    adds('consent', roleOf[place], all(reach, NOT_ENDED, asMyself('recorded_by'), inMyName('recorded_by_name'), permitted('create'))),
    changes('consent', roleOf[place], ENDING, all(reach, NOT_ENDED, permitted('end')), all(reach, ENDED_BY_ME, permitted('end'))),
  ]
}

export const consentWriters: readonly Policy[] = [...consents('practice'), ...consents('coordinating-body')]

/** Charts are opened to active practices. */
export const shareGrantWriters: readonly Policy[] = [
  adds(
    'share_grant',
    databaseRoles.practice,
    all(
      OWN_PRACTICE,
      NOT_ENDED,
      asMyself('granted_by'),
      inMyName('granted_by_name'),
      may('create', 'ShareGrant', 'practice'),
      `(EXISTS ( SELECT
   FROM organization o
  WHERE ((o.id = share_grant.recipient_id) AND (o.kind = 'practice'::text) AND (o.active_since IS NOT NULL))))`,
    ),
  ),
  changes(
    'share_grant',
    databaseRoles.practice,
    ENDING,
    all(OWN_PRACTICE, NOT_ENDED),
    all(OWN_PRACTICE, ENDED_BY_ME, may('end', 'ShareGrant', 'practice')),
  ),
]

/** A labelled exception is withdrawn by whoever may read it. */
export const exceptionWriters: readonly Policy[] = [
  adds(
    'gap_exception',
    databaseRoles.practice,
    all(OWN_PRACTICE, NOT_ENDED, asMyself('recorded_by'), inMyName('recorded_by_name'), may('create', 'GapException', 'practice')),
  ),
  changes(
    'gap_exception',
    databaseRoles.practice,
    ENDING,
    all(OWN_PRACTICE, NOT_ENDED, unlabelledOrOpen('gap_exception')),
    all(OWN_PRACTICE, ENDED_BY_ME, may('end', 'GapException', 'practice')),
  ),
]

/** A clinician's word on a tier is replaced by ending it and writing another. */
export const overrideWriters: readonly Policy[] = [
  adds(
    'tier_override',
    databaseRoles.practice,
    all(OWN_PRACTICE, NOT_ENDED, asMyself('recorded_by'), inMyName('recorded_by_name'), may('create', 'TierOverride', 'practice')),
  ),
  changes(
    'tier_override',
    databaseRoles.practice,
    ENDING,
    all(OWN_PRACTICE, NOT_ENDED),
    all(OWN_PRACTICE, ENDED_BY_ME, may('end', 'TierOverride', 'practice')),
  ),
]

/** Whoever puts people on a list for a practice's huddle: its own, and care managers who work for it. */
export const huddleWriters: readonly Policy[] = (['practice', 'coordinating-body'] as const).flatMap((place) => {
  const reach = place === 'practice' ? OWN_PRACTICE : LISTED
  return [
    adds(
      'huddle_entry',
      roleOf[place],
      all(reach, NOT_ENDED, asMyself('added_by'), inMyName('added_by_name'), may('create', 'Huddle', place)),
    ),
    changes(
      'huddle_entry',
      roleOf[place],
      [...ENDING, 'ended_as'],
      all(reach, NOT_ENDED),
      all(reach, ENDED_BY_ME, may('end', 'Huddle', place)),
    ),
  ]
})

/**
 * Views of the patients' list: whoever keeps one reads and changes it; one that is shared with a practice is everybody's there, and stays
 * its keeper's. A care manager's may be over all her practices; then it is hers alone.
 */
export const savedViewKeepers: readonly Policy[] = (['practice', 'coordinating-body'] as const).flatMap((place) => {
  const mine = `(membership_id = ${setting('membership_id')})`
  const here = place === 'practice' ? OWN_PRACTICE : either('(practice_id IS NULL)', LISTED)
  const reached = either(mine, all(`(audience = 'practice'::text)`, place === 'practice' ? OWN_PRACTICE : LISTED))
  const role = roleOf[place]
  return [
    { name: `saved_view_${role.replace('commons_', '')}_reads`, command: 'select' as const, roles: [role], using: reached },
    adds(
      'saved_view',
      role,
      all(here, mine, NOT_ENDED, inMyName('owner_name'), inMyName('changed_by_name'), may('create', 'SavedView', place)),
    ),
    changes(
      'saved_view',
      role,
      VIEW_PARTS.concat(place === 'practice' ? [] : ['practice_id']),
      all(reached, NOT_ENDED),
      all(reached, here, inMyName('changed_by_name'), may('update', 'SavedView', place)),
    ),
  ]
})

const CYCLE_IN_MY_NAME = [OWN_PRACTICE, asMyself('updated_by'), inMyName('updated_by_name'), may('create', 'Improvement', 'practice')]

/** Improvement cycles are written by their practice, in the own name; whose they are, and of which measure, stays. */
export const cycleWriters: readonly Policy[] = [
  adds('improvement_cycle', databaseRoles.practice, all(...CYCLE_IN_MY_NAME, asMyself('created_by'), inMyName('created_by_name'))),
  changes(
    'improvement_cycle',
    databaseRoles.practice,
    [
      ...['aim', 'change_tried', 'learned', 'starts_on', 'ends_on', 'shared', 'version'],
      ...['updated_by', 'updated_by_name', 'updated_at'],
    ],
    OWN_PRACTICE,
    all(...CYCLE_IN_MY_NAME),
  ),
]
/** Whoever allocates care managers reads every case, by columns that name nobody. */
export const caseHandles: Policy = {
  name: 'care_case_region_select',
  command: 'select',
  roles: [databaseRoles.region],
  using: may('read', 'Caseload'),
}

/** A case begins without a lead, which it is given through a function. */
export const caseWriters: readonly Policy[] = (['practice', 'coordinating-body'] as const).map((place) =>
  adds(
    'care_case',
    roleOf[place],
    all(
      place === 'practice' ? OWN_PRACTICE : LISTED,
      '(closed_at IS NULL)',
      '(lead_membership_id IS NULL)',
      asMyself('opened_by'),
      inMyName('opened_by_name'),
      may('create', 'Caseload', place),
    ),
  ),
)

const CONTESTS = may('update', 'EmergencyAccess', 'practice')

/** The practice's administrator contests an emergency once; with it end the person's other openings of the chart. */
export const emergencyWriters: readonly Policy[] = [
  changes(
    'emergency_access',
    databaseRoles.practice,
    ['ended_at', 'contested_at', 'contested_by_name', 'contest_words'],
    all(OWN_PRACTICE, '(contested_at IS NULL)'),
    all(
      OWN_PRACTICE,
      '(ended_at IS NOT NULL)',
      CONTESTS,
      either(
        all('(contested_at IS NULL)', '(contested_by_name IS NULL)', '(contest_words IS NULL)'),
        all('(contested_at IS NOT NULL)', '(contest_words IS NOT NULL)', inMyName('contested_by_name')),
      ),
    ),
  ),
]

/** A bar follows a contest, and is lifted once. */
export const barWriters: readonly Policy[] = [
  adds(
    'emergency_bar',
    databaseRoles.practice,
    all(
      OWN_PRACTICE,
      '(lifted_at IS NULL)',
      inMyName('set_by_name'),
      CONTESTS,
      `(EXISTS ( SELECT
   FROM emergency_access e
  WHERE ((e.practice_id = emergency_bar.practice_id) AND (e.patient_id = emergency_bar.patient_id) AND (e.user_id = emergency_bar.user_id) AND (e.contested_at IS NOT NULL))))`,
    ),
  ),
  changes(
    'emergency_bar',
    databaseRoles.practice,
    ['lifted_at', 'lifted_by_name'],
    all(OWN_PRACTICE, '(lifted_at IS NULL)'),
    all(OWN_PRACTICE, '(lifted_at IS NOT NULL)', inMyName('lifted_by_name'), CONTESTS),
  ),
]
