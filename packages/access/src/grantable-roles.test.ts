import { roleNames, rolePages } from './ability.ts'
import { grantableRoles } from './grantable-roles.ts'

const kinds = ['coordinating-body', 'practice', 'payer', 'community-partner']
const granters = roleNames.map((role) => ({ role, organizationId: 'own' }))
const workplaces = kinds.flatMap((kind) =>
  ['own', 'other'].flatMap((id) => [true, false].map((hasAdministrator) => ({ id, kind, hasAdministrator }))),
)

test('only administrators give roles, and only roles of persons that belong to the kind of organization', () => {
  for (const granter of granters)
    for (const workplace of workplaces)
      for (const role of grantableRoles(granter, workplace)) {
        expect(['region-administrator', 'practice-administrator']).toContain(granter.role)
        expect(rolePages[role]).toMatchObject({ organizationKind: workplace.kind, holder: 'person' })
        expect(role).not.toBe('patient')
      }
})

test("a practice's administrator gives roles in the own practice alone", () => {
  const granter = { role: 'practice-administrator', organizationId: 'own' } as const
  expect(workplaces.filter((workplace) => grantableRoles(granter, workplace).length > 0)).toEqual(
    workplaces.filter(({ id, kind }) => id === 'own' && kind === 'practice'),
  )
})

test('the region asks in the first administrator of a practice, and nobody else there', () => {
  const granter = { role: 'region-administrator', organizationId: 'body' } as const
  const practice = { id: 'other', kind: 'practice' }
  expect(grantableRoles(granter, { ...practice, hasAdministrator: false })).toEqual(['practice-administrator'])
  expect(grantableRoles(granter, { ...practice, hasAdministrator: true })).toEqual([])
  expect(grantableRoles(granter, { id: 'other', kind: 'payer', hasAdministrator: false })).toEqual(['payer-analyst'])
  expect(grantableRoles(granter, { id: 'body', kind: 'coordinating-body', hasAdministrator: true })).toContain('care-manager')
})
