import { sql } from 'kysely'
import { dryKysely as db } from './dry-kysely.fixture.ts'
import { column, joined, written } from './written.ts'

const HOSTILE = `'; drop table patient; --`

test('what stands in a gap is a value, whatever it says; parts keep the order of their values', () => {
  const ids = [HOSTILE, 'b']
  const inner = joined([written`${column('o.slug')} = ${HOSTILE}`, written`${column('o."id')} = any (${ids}::uuid[])`], ' and ')
  const statement = written`select ${1} from organization o where (${inner}) limit ${null}`.compile()
  expect(statement.sql).toBe(`select $1 from organization o where ("o"."slug" = $2 and "o"."""id" = any ($3::uuid[])) limit $4`)
  expect(statement.parameters).toEqual([1, HOSTILE, ids, null])
})

test("stands in Kysely's statements, and Kysely's parts stand in it, with the same text and values", () => {
  const condition = written<boolean>`${column('slug')} = ${HOSTILE}`
  const built = db.selectFrom('organization').select('name').where('kind', '=', 'payer').where(condition).compile()
  expect([built.sql, built.parameters]).toEqual([`select "name" from "organization" where "kind" = $1 and "slug" = $2`, ['payer', HOSTILE]])
  const mixed = written`select ${1} where ${condition} and ${sql`kind = ${'payer'}`} and ${true}`.compile()
  expect([mixed.sql, mixed.parameters]).toEqual([`select $1 where "slug" = $2 and kind = $3 and $4`, [1, HOSTILE, 'payer', true]])
})
