import { type Equalities, rowCondition } from '@carecommons/access'
import { type Day, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import type { ConsentKind, ConsentManner } from './consent.entity.ts'
import { type ConsentRow, consentById } from './read-consents.ts'
import { chartNotFound, reachedChart, uuidOrNobody } from './reached-chart.ts'
import type { SensitiveCategory } from './share-category.ts'
import { keyRefusal, keyReused, written } from './words.ts'

export interface RecordConsent {
  readonly patientId: string
  readonly kind: ConsentKind
  readonly category?: SensitiveCategory | null
  /** Null: of a sensitive consent the chart's practice, of a program consent the coordinating body. */
  readonly recipientId?: string | null
  readonly manner: ConsentManner
  readonly givenBy: string
  readonly givenAs: string
  readonly givenOn: Day
  readonly scope: string
  /** The last day. */
  readonly expiresOn?: Day | null
  readonly idempotencyKey: string
}

/** Records what a patient agreed to. Sensitive records are opened by written consent only (42 CFR 2.31, 45 CFR 164.508). */
export function recordConsent(ctx: Ctx, input: RecordConsent): Promise<ConsentRow | Refusal> {
  const refusal = refusalOf(ctx, input)
  if (refusal) return Promise.resolve(refusal)
  return ctx.write(async (tx) => {
    const chart = await reachedChart(tx, ctx, input.patientId)
    if (!chart) return chartNotFound()
    if (await isBeforeBirth(tx, input))
      return refused('ConsentTooEarly', 'This day is before the patient was born, or before there were rules for such consents.')
    const recipientId = await recipientOf(tx, input, chart.practiceId)
    if (!recipientId) return refused('RecipientUnknown', RECIPIENTS[input.kind])
    if (!mayRecord(ctx, input.kind, { ...chart, recipientId }))
      return refused(
        'ConsentNotYours',
        'You record consents to care management, and to sensitive records those that name your own organization.',
      )
    const id = await insert(tx, ctx, input, { ...chart, recipientId })
    if (isRefusal(id)) return id
    await keepEvent(tx, ctx, { action: 'create', subject: 'Consent', subjectIds: [input.patientId, id], practiceId: chart.practiceId })
    return await consentById(tx, ctx, id)
  })
}

function refusalOf(ctx: Ctx, input: RecordConsent): Refusal | null {
  const today = ctx.clock.today(ctx.region.timeZone)
  if ((input.kind === 'sensitive') !== (input.category != null))
    return refused('CategoryMissing', 'A consent to sensitive records names their category; a consent to care management has none.')
  if (input.kind === 'sensitive' && input.manner !== 'written')
    return refused('ConsentNotWritten', 'Records under 42 CFR Part 2 and behavioral-health notes are opened by written consent only.')
  if (input.givenOn > today) return refused('ConsentInFuture', 'A consent is recorded after it was given.')
  if (input.expiresOn != null && input.expiresOn < today) return refused('ConsentOver', 'This consent would already be over.')
  const texts = [
    written(input.givenBy, 'Who agreed'),
    written(input.givenAs, 'What they are to the patient'),
    written(input.scope, 'What the consent covers'),
  ]
  return keyRefusal(input.idempotencyKey) ?? texts.find((text) => isRefusal(text)) ?? null
}

/** The first rules on the confidentiality of such records were published on this day (40 FR 27802): nobody recorded a consent before. */
const FIRST_DAY = '1975-07-01'

/** Also of a patient whose birth date is not known. */
async function isBeforeBirth(tx: Tx, { patientId, givenOn }: RecordConsent): Promise<boolean> {
  const { rows } = await sql`
    select from patient p where p.id = ${patientId} and ${givenOn}::date < greatest(p.birth_date, ${FIRST_DAY}::date)`.execute(tx.db)
  return rows.length > 0
}

const RECIPIENTS = {
  program: 'A consent to care management names the coordinating body or the practice.',
  sensitive: 'A consent names the practice, the coordinating body or another active practice.',
} as const satisfies Record<ConsentKind, string>

/** Whether the viewer's page opens consents of this kind to this organization. */
function mayRecord(ctx: Ctx, kind: ConsentKind, row: { practiceId: string; recipientId: string }): boolean {
  const alternatives = rowCondition(ctx.ability, 'create', kind === 'sensitive' ? 'SensitiveConsent' : 'Consent') ?? []
  return alternatives.some(({ practiceId, recipientId }) => names(practiceId, row.practiceId) && names(recipientId, row.recipientId))
}

const names = (asked: Equalities[string] | undefined, id: string): boolean =>
  asked === undefined || (typeof asked === 'string' ? asked === id : asked.$in.includes(id))

/** Practices and the coordinating body; nobody else can be named. Care management is the coordinating body's or the practice's own. */
async function recipientOf(tx: Tx, { kind, recipientId }: RecordConsent, practiceId: string): Promise<string | null> {
  if (recipientId == null && kind === 'sensitive') return practiceId
  const { rows } = await sql<{ id: string }>`
    select o.id from organization o
     where ${recipientId == null ? sql`o.kind = 'coordinating-body'` : sql`o.id = ${uuidOrNobody(recipientId)}`}
       and (o.kind = 'coordinating-body'
            or (o.kind = 'practice' and o.active_since is not null and (${kind === 'sensitive'} or o.id = ${practiceId})))
     order by o.created_at limit 1`.execute(tx.db)
  return rows[0]?.id ?? null
}

async function insert(
  tx: Tx,
  ctx: Ctx,
  input: RecordConsent,
  { practiceId, recipientId }: { practiceId: string; recipientId: string },
): Promise<string | Refusal> {
  const { rows } = await sql<{ id: string }>`
    insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, expires_at,
                         recorded_by, recorded_by_name, recorded_at, idempotency_key)
    values (${newId<'Consent'>()}, ${practiceId}, ${input.patientId}, ${input.kind}, ${input.category ?? null}, ${recipientId}, ${input.manner},
            ${input.givenBy.trim()}, ${input.givenAs.trim()}, ${input.givenOn}, ${input.scope.trim()},
            ${endOfDay(input.expiresOn ?? null, ctx.region.timeZone)}, ${ctx.viewer.userId}, ${ctx.userName}, now(), ${input.idempotencyKey})
    on conflict (practice_id, idempotency_key) do nothing returning id`.execute(tx.db)
  if (rows[0]) return rows[0].id
  const same = await sql<{ id: string }>`
    select id from consent
     where practice_id = ${practiceId} and idempotency_key = ${input.idempotencyKey} and patient_id = ${input.patientId}
       and kind = ${input.kind} and category is not distinct from ${input.category ?? null}::text and recipient_id = ${recipientId}
       and manner = ${input.manner} and given_by = ${input.givenBy.trim()} and given_as = ${input.givenAs.trim()}
       and given_on = ${input.givenOn}::date and scope = ${input.scope.trim()}
       and expires_at is not distinct from ${endOfDay(input.expiresOn ?? null, ctx.region.timeZone)}`.execute(tx.db)
  return same.rows[0]?.id ?? keyReused()
}

/** The moment after the last day, in the region's calendar. */
export const endOfDay = (day: Day | null, timeZone: string) =>
  day === null ? sql`null::timestamptz` : sql`((${day}::date + 1)::timestamp at time zone ${timeZone})`
