import type { Tx } from '@carecommons/domain'
import { type Id, newId } from '@carecommons/kernel'
import { NOW, type PracticeKey } from './world-facts.ts'

const registries = [
  { id: 'diabetes', hash: 'a'.repeat(64), title: 'Diabetes' },
  { id: 'depression', hash: 'b'.repeat(64), title: 'Depression' },
] as const

/**
 * Two registries in force, each practice counted since another day. Even numbers of living people are in diabetes: the first since counting began, those
 * divisible by 4 since 10 February, the others were in it from 20 January to 15 February. Chart 2 has come back since.
 */
export async function plantRegistries(
  db: Tx['db'],
  practices: Readonly<Record<PracticeKey, Id<'Organization'>>>,
  charts: Readonly<Record<PracticeKey, readonly Id<'Patient'>[]>>,
): Promise<void> {
  await db
    .insertInto('registry_package')
    .values(
      registries.map(({ id, hash, title }) => ({
        ...{
          hash,
          registry: id,
          version: '1.0.0',
          title,
          description: `${title} in words.`,
          source_hash: hash,
          bundle: '{}',
          loaded_at: NOW,
        },
        ...{ sources: [`Source of ${title}. https://example.org/${id}`], cql: `library ${title}Registry version '1.0.0'` },
      })),
    )
    .execute()
  await db
    .insertInto('registry_term')
    .values(
      registries.map(({ id, hash }, position) => ({
        ...{ id: newId<'RegistryTerm'>(), registry: id, package_hash: hash, position, agreed_by: null },
        ...{ agreed_with: 'Ships with the product', agreed_at: NOW },
      })),
    )
    .execute()
  for (const [place, key] of (Object.keys(practices) as PracticeKey[]).entries()) {
    const begun = `2026-01-1${place}`
    await db
      .insertInto('registry_beginning')
      .values(registries.map(({ hash }) => ({ practice_id: practices[key], package_hash: hash, begun_on: begun })))
      .execute()
    const stay = (patientId: string, more: object) => ({
      ...{ practice_id: practices[key], id: newId<'RegistryMembership'>(), registry: 'diabetes', patient_id: patientId },
      ...{ entered_hash: 'a'.repeat(64), entered_watermark: 7n, entered_by: 'records' as const, left_on: null, left_by: null, ...more },
      entered_reasons: JSON.stringify([{ clause: 'Diabetes mellitus among the problems', facts: ['Condition/condition-1'] }]),
    })
    const left = { left_on: '2026-02-15', left_by: 'ended' as const, left_reasons: '[]', left_hash: 'a'.repeat(64), left_watermark: 7n }
    const stays = charts[key].flatMap((id, n) =>
      n % 2 > 0 || n === charts[key].length - 1
        ? []
        : n === 0
          ? [stay(id, { entered_on: begun, entered_by: 'first-count' })]
          : n % 4 === 0
            ? [stay(id, { entered_on: '2026-02-10' })]
            : [stay(id, { entered_on: '2026-01-20', ...left })],
    )
    for (const one of [...stays, stay(charts[key][2]!, { entered_on: '2026-02-25' })])
      await db
        .insertInto('registry_membership')
        .values(one as never)
        .execute()
  }
  await db
    .updateTable('registry_membership as m')
    .from('patient_summary as s')
    .set(({ ref }) => ({ risk_rank: ref('s.risk_rank') }))
    .whereRef('s.practice_id', '=', 'm.practice_id')
    .whereRef('s.patient_id', '=', 'm.patient_id')
    .execute()
}
