import { scopeFor } from '@carecommons/access'
import { newId } from '@carecommons/kernel'
import { compiledOnce, type Mark } from '#shared/compiled-once'
import type { Act, Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { usualPurpose } from './purpose.ts'

/** Writes who did what to which records, in the transaction that does it: if this cannot be written, the act fails. */
export const keepEvent = (tx: Tx, ctx: Ctx, act: Act): Promise<void> => keepEvents(tx, ctx, [act])

/** Several acts in one statement; those on the same kind of record of one practice are one row. */
export async function keepEvents(tx: Tx, ctx: Ctx, acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return
  ctx.kept.acts += acts.length
  const { viewer, clock, requestId } = ctx
  const scope = scopeFor(viewer)
  const ownPractice = 'practiceId' in scope ? scope.practiceId : null
  const at = clock.now().toISOString()
  const rows = acts.map(({ action, subject, subjectIds, outcome = 'allowed', practiceId = ownPractice, purpose }) => ({
    practice_id: practiceId,
    action,
    subject,
    subject_ids: [...subjectIds],
    outcome,
    purpose: purpose ?? usualPurpose(viewer.role, { action, subject }),
  }))
  const events = merged(rows).map((row) => ({
    id: newId(),
    at,
    user_id: viewer.userId,
    membership_id: viewer.membershipId,
    role: viewer.role,
    organization_id: viewer.organizationId,
    correlation_id: requestId,
    ...row,
  }))
  const [only] = events
  await tx.db.executeQuery(events.length === 1 ? insertOne(tx.db, only!) : tx.db.insertInto('audit_event').values(events))
}

type Column = 'id' | 'at' | 'user_id' | 'membership_id' | 'role' | 'organization_id' | 'correlation_id' | keyof Noted

const insertOne = compiledOnce((db, mark: Mark<Column>) =>
  db.insertInto('audit_event').values({
    id: mark('id'),
    at: mark('at'),
    user_id: mark('user_id'),
    membership_id: mark('membership_id'),
    role: mark('role'),
    organization_id: mark('organization_id'),
    correlation_id: mark('correlation_id'),
    practice_id: mark('practice_id'),
    action: mark('action'),
    subject: mark('subject'),
    subject_ids: mark('subject_ids'),
    outcome: mark('outcome'),
    purpose: mark('purpose'),
  }),
)

interface Noted {
  readonly practice_id: string | null
  readonly action: string
  readonly subject: string
  readonly outcome: string
  readonly purpose: string
  readonly subject_ids: string[]
}

function merged<Row extends Noted>(rows: readonly Row[]): Row[] {
  if (rows.length === 1) return [...rows]
  const alike = Map.groupBy(rows, (row) => [row.practice_id, row.action, row.subject, row.outcome, row.purpose].join(' '))
  return [...alike.values()].map((same) => ({ ...same[0]!, subject_ids: [...new Set(same.flatMap(({ subject_ids }) => subject_ids))] }))
}
