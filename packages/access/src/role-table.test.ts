import { readFileSync } from 'node:fs'
import { abilityFor, roleNames } from './ability.ts'
import { roleTable, rolesMarkdown } from './role-table.ts'
import { actions, subjects } from './subject.ts'
import { scopesOfRole } from './scopes-of-role.ts'

test('ROLES.md is in step with the role pages; else: node --import ./scripts/typescript.mjs scripts/print-roles.ts', () => {
  expect(readFileSync(new URL('../ROLES.md', import.meta.url), 'utf8')).toBe(rolesMarkdown())
})

test('the table says what abilities say, for every role, action and subject', () => {
  for (const { role, rights } of roleTable()) {
    const scopes = scopesOfRole(role)
    const ability = abilityFor({ role, userId: 'u', membershipId: 'm', organizationId: 'o', practiceIds: ['p'], patientId: 'c', scopes })
    for (const subject of subjects.filter((one) => one !== 'Account' && one !== 'Directory'))
      for (const action of actions)
        expect({
          role,
          subject,
          action,
          told: rights.some((right) => right.subject === subject && right.actions.includes(action)),
        }).toEqual({
          role,
          subject,
          action,
          told: ability.can(action, subject),
        })
  }
  expect(roleTable().map(({ role }) => role)).toEqual(roleNames)
})
