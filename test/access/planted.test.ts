// A suite that nobody saw fail proves nothing: each violation is planted once, and found by the very check that looks for it.
import { type Ability, abilityFor, type Viewer } from '@carecommons/access'
import { buildApiSchema, guardDoors } from '@carecommons/api'
import { buildASTSchema, extendSchema, parse } from 'graphql'
import { Client } from 'pg'
import { openTestApi } from '../support/api.ts'
import { roots } from './matrix/asked-roots.ts'
import { Matrix, proveRoot } from './matrix/proof.ts'
import { strayRows } from './matrix/stray-rows.ts'

const root = (name: string) => roots.find((one) => one.name === name)!

/** The role page of clinicians as if somebody had forgotten the condition of one list. */
const withoutScope = (viewer: Viewer): Ability => {
  const ability = abilityFor(viewer)
  if (viewer.role !== 'clinician') return ability
  const rules = ability.rules.map((rule) =>
    rule.subject === 'Chart' || [rule.subject].flat().includes('Chart') ? { ...rule, conditions: {} } : rule,
  )
  return ability.update(rules) as Ability
}

test('a forgotten scope in one list: the matrix fails where the abilities stand alone', async () => {
  const matrix = await Matrix.open('abilities alone', { planted: withoutScope })
  try {
    await expect(proveRoot(matrix, root('Query.patients'))).rejects.toThrow(/"met": Array|"totalCount": \d/)
    await expect(proveRoot(matrix, root('Query.measures'))).resolves.toBeUndefined()
  } finally {
    await matrix.close()
  }
})

test('one missing policy: rows of others are found, in that table and in no other', async () => {
  const api = await openTestApi()
  const login = new Client(api.appUrl)
  await login.connect()
  try {
    for (const table of ['patient_search', 'patient_summary']) expect(await strayRows(api, login, table)).toEqual([])
    // As if it had been written with a condition that holds for every row.
    await api.sql('alter policy patient_search_own_practice on patient_search using (true)')
    expect((await strayRows(api, login, 'patient_search')).map(({ role }) => role)).toContain('commons_practice')
    expect(await strayRows(api, login, 'patient_summary')).toEqual([])
    // As if the table had been made without row-level security: the privilege alone is no wall.
    await api.sql('alter table patient_summary disable row level security')
    expect((await strayRows(api, login, 'patient_summary')).map(({ role }) => role)).toEqual(
      expect.arrayContaining(['commons_practice', 'commons_care_manager', 'commons_patient']),
    )
  } finally {
    await login.end()
    await api.close()
  }
})

test('one missing policy: nobody reads their own either, and the matrix fails', async () => {
  const matrix = await Matrix.open('all walls')
  try {
    await matrix.api.sql('drop policy patient_summary_own_practice on patient_summary')
    await expect(proveRoot(matrix, root('Query.patient'))).rejects.toThrow('not.toEqual')
  } finally {
    await matrix.close()
  }
})

test('one undeclared root field: the schema does not get past its guard', () => {
  for (const [kind, field] of [
    ['Query', 'planted: String'],
    ['Mutation', 'planted(id: ID!): Boolean'],
  ]) {
    const schema = extendSchema(buildApiSchema(), parse(`extend type ${kind} { ${field} }`))
    expect(() => guardDoors(schema)).toThrow(`${kind}.planted declares no door`)
  }
  const streaming = buildASTSchema(parse('type Query { one: Int } type Subscription { planted: Int }'))
  expect(() => guardDoors(streaming)).toThrow('declares no door')
})
