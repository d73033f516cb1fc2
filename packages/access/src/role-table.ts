import { type RoleName, roleNames, rolePages } from './ability.ts'
import type { Equalities } from './row-condition.ts'
import { type Action, actions, type SubjectName, subjects, subjectWords } from './subject.ts'

/** What a role may do with one subject, and on whose rows. */
export interface RoleRight {
  readonly subject: SubjectName
  readonly actions: readonly Action[]
  /** `all` of the region, or only what is one's own. */
  readonly reach: 'all' | 'own organization' | 'practices it reaches' | 'own payer' | 'own chart' | 'own'
}

export interface RoleRow {
  readonly role: RoleName
  readonly title: string
  readonly organizationKind: string
  readonly holder: 'person' | 'system'
  readonly rights: readonly RoleRight[]
}

const SOMEBODY = { userId: 'u', membershipId: 'm', organizationId: 'o', practiceIds: ['p'], patientId: 'c' }

/** Role by role what its page permits, asked of the pages themselves: subjects in their order, beyond what everybody has. */
export const roleTable = (): RoleRow[] =>
  roleNames.map((role) => {
    const { title, organizationKind, holder, permits } = rolePages[role]
    const found = new Map<string, { subject: SubjectName; reach: RoleRight['reach']; actions: Set<Action> }>()
    permits(
      (action, subject, fields) => {
        for (const one of [subject].flat() as SubjectName[]) {
          const reach = reachOf(fields)
          const right = found.get(`${one} ${reach}`) ?? { subject: one, reach, actions: new Set<Action>() }
          for (const each of [action].flat() as Action[]) right.actions.add(each)
          found.set(`${one} ${reach}`, right)
        }
      },
      { role, ...SOMEBODY },
    )
    const rights = [...found.values()]
      .map((right) => ({ ...right, actions: actions.filter((action) => right.actions.has(action)) }))
      .sort((a, b) => subjects.indexOf(a.subject) - subjects.indexOf(b.subject))
    return { role, title, organizationKind, holder, rights }
  })

function reachOf(fields: Equalities | undefined): RoleRight['reach'] {
  const names = Object.keys(fields ?? {})
  if (names.length === 0) return 'all'
  if (names.includes('patientId')) return 'own chart'
  if (names.includes('practiceId')) return 'practices it reaches'
  if (names.includes('organizationId')) return 'own organization'
  return names.includes('payerId') ? 'own payer' : 'own'
}

/** The table as a page of documentation. */
export function rolesMarkdown(): string {
  const lines = [
    '# Roles',
    '',
    'Printed from the role pages in `src/roles/` by `node --import ./scripts/typescript.mjs scripts/print-roles.ts`;',
  ]
  lines.push('a test compares the two. What no page permits is denied. Everybody reads the directory and keeps their own sign-in.', '')
  lines.push('| Subject | What it is |', '| --- | --- |', ...subjects.map((subject) => `| ${subject} | ${subjectWords[subject]} |`), '')
  for (const { role, title, organizationKind, holder, rights } of roleTable()) {
    lines.push(`## ${title}`, '', `\`${role}\`, a ${holder} of a ${organizationKind}.`, '')
    if (rights.length === 0) lines.push('Nothing beyond that.', '')
    else {
      lines.push('| Subject | May | Of |', '| --- | --- | --- |')
      lines.push(...rights.map((right) => `| ${right.subject} | ${right.actions.join(', ')} | ${right.reach} |`), '')
    }
  }
  return lines.join('\n')
}
