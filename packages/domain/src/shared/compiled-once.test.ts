import { compiledOnce, type Mark } from './compiled-once.ts'
import { dryKysely as db } from './dry-kysely.fixture.ts'

test('is put together once; each call has its own values where their marks are, beside those that never change', () => {
  let times = 0
  const find = compiledOnce((of, mark: Mark<'id' | 'slug'>) => {
    times++
    return of
      .selectFrom('organization')
      .select('name')
      .where('slug', '=', mark<string>('slug'))
      .where('kind', '=', 'payer')
      .where('id', '=', mark<never>('id'))
  })
  const [one, other] = [find(db, { id: 'a', slug: 'b' }), find(db, { id: 'c', slug: null })].map((statement) => statement.compile())
  expect([one!.parameters, other!.parameters]).toEqual([
    ['b', 'payer', 'a'],
    [null, 'payer', 'c'],
  ])
  expect(other!.sql).toBe(one!.sql)
  expect(times).toBe(1)
})
