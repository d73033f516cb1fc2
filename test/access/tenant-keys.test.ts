import { buildApiSchema } from '@carecommons/api'
import { isInputObjectType } from 'graphql'
import { Client } from 'pg'
import { openTestApi, type TestApi } from '../support/api.ts'
import { stateOf } from './matrix/state.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

describe('hardening 5: a tenant key in an input', () => {
  test('of another organization is refused, and nothing is made there', async () => {
    const administrator = await api.signedIn('alderAdministrator')
    const { birch } = api.world.practices
    const before = await stateOf(api)
    const INVITE = 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { __typename ... on Refused { code } } }'
    const input = { organizationId: birch, role: 'clinician', name: 'Mal Ory', email: 'mal@example.org', idempotencyKey: 'for-another' }
    expect((await administrator.ask(INVITE, { input })).data.inviteMember).toMatchObject({ code: 'OrganizationMissing' })
    const SIGN = 'mutation ($input: SignAgreementInput!) { signAgreement(input: $input) { __typename ... on Refused { code } } }'
    const [{ version }] = (await administrator.ask('{ agreementTexts { version } }')).data.agreementTexts
    const signature = { organizationId: birch, kind: 'DATA_USE', version, signedBy: 'Mal', signedAs: 'owner' }
    expect((await administrator.ask(SIGN, { input: signature })).data.signAgreement).toMatchObject({ code: 'OrganizationMissing' })
    // A key that the input does not have is no way around it.
    const smuggled = await administrator.ask(INVITE, { input: { ...input, organizationId: api.world.practices.alder, practiceId: birch } })
    expect([smuggled.status, smuggled.data]).toEqual([400, null])
    expect(await stateOf(api)).toEqual(before)
  })

  test('no input that changes a thing says to whom it belongs', () => {
    const inputs = Object.values(buildApiSchema().getTypeMap()).filter(isInputObjectType)
    const changing = inputs.filter(({ name }) => /^(Update|Change|Move|Edit|End)/.test(name))
    expect(changing.map(({ name }) => name).sort()).toEqual(expect.arrayContaining(['ChangeRoleInput', 'UpdateOrganizationInput']))
    for (const input of changing)
      expect(Object.keys(input.getFields()).filter((field) => /^(practice|organization|payer|region|tenant)Id$/.test(field))).toEqual([])
  })

  test('in SQL: no role moves a row to another practice, or makes one there', async () => {
    const login = new Client(api.appUrl)
    await login.connect()
    const { alder, birch } = api.world.practices
    const as = async (role: string, settings: Record<string, string>, sql: string): Promise<string> => {
      await login.query('begin')
      try {
        await login.query(`set local role ${role}`)
        for (const [name, value] of Object.entries(settings))
          await login.query('select set_config($1, $2, true)', [`commons.${name}`, value])
        return `${(await login.query(sql)).rowCount} rows`
      } catch (error) {
        return (error as { code: string }).code
      } finally {
        await login.query('rollback')
      }
    }
    const DENIED = '42501'
    const worker = { practice_ids: `{${alder}}` }
    const practice = { practice_id: alder, organization_id: alder }
    const chart = api.world.charts.alder[3]
    expect(await as('commons_worker', worker, `update patient_search set practice_id = '${birch}' where patient_id = '${chart}'`)).toBe(
      DENIED,
    )
    expect(await as('commons_worker', worker, `update patient_search set term = 'x' where practice_id = '${birch}'`)).toBe('0 rows')
    expect(await as('commons_worker', worker, `insert into dirty_chart (practice_id, patient_id) values ('${birch}', '${chart}')`)).toBe(
      DENIED,
    )
    expect(
      await as('commons_practice', practice, `update membership set organization_id = '${birch}' where organization_id = '${alder}'`),
    ).toBe(DENIED)
    expect(await as('commons_practice', practice, `update consent set practice_id = '${birch}'`)).toBe(DENIED)
    await login.end()
  })
})

test('hardening 11: nothing that must be unique in a practice is unique over practices', async () => {
  // Ids that we make ourselves are; whatever a practice or a sender chooses, a record number say, is not.
  const unique = await api.sql(
    `select t.relname as table, (select array_agg(a.attname::text order by k.place) from unnest(i.indkey::int2[]) with ordinality k (number, place)
                                   join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number) as columns
       from pg_index i join pg_class t on t.oid = i.indrelid
      where i.indisunique and t.relnamespace = 'public'::regnamespace and not t.relispartition
        and exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'practice_id' and a.attnotnull)`,
  )
  expect(unique.length).toBeGreaterThan(20)
  const ours = (columns: string[]) => columns.length === 1 && columns[0] === 'id'
  expect(unique.filter(({ columns }) => !columns.includes('practice_id') && !ours(columns))).toEqual([])
  // Every practice of the world has a chart MRN-00: none was refused for another's sake.
  const numbers = await api.sql(
    `select count(*)::int as charts, count(distinct practice_id)::int as practices from patient where record_number = 'MRN-00'`,
  )
  expect(numbers).toEqual([{ charts: 3, practices: 3 }])
})
