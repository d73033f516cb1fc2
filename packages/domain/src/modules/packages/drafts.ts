import type { FhirValueSet, KnownValueSets, TranslationProblem } from '@carecommons/cql'
import { isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { keepEvent } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { shortText } from '#shared/short-text'

export interface Draft {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly improvement: 'increase' | 'decrease'
  readonly cql: string
  readonly version: number
  readonly updatedBy: string
  readonly updatedAt: string
  readonly publishedHash: string | null
}

export interface SaveDraft {
  /** Absent: a new one. */
  readonly id?: string | null
  /** The version that was changed. */
  readonly version?: number | null
  readonly title: string
  readonly description: string
  readonly improvement: 'increase' | 'decrease'
  readonly cql: string
  readonly idempotencyKey: string
}

/** The longest measure of the starter set has 5,000 characters; the API takes bodies of 100 kB. */
const MOST_CQL = 60_000
export const DRAFT_UNKNOWN = refused('DraftUnknown', 'There is no such draft here.')
export const DRAFT_CHANGED = refused(
  'DraftChanged',
  'Somebody changed this draft meanwhile. Copy your text, load theirs, and put yours in.',
)

export const listDrafts = (ctx: Ctx): Promise<Draft[]> => read(ctx, sql`true`)

export async function draftOf(ctx: Ctx, id: string): Promise<Draft | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`d.id = ${id}`)
  return found ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<Draft[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Draft>`
    select d.id, d.title, d.description, d.improvement, d.cql, d.version, u.name as "updatedBy", d.updated_at as "updatedAt",
           d.published_hash as "publishedHash"
      from measure_draft d join app_user u on u.id = d.updated_by
     where ${room(ctx, 'read', 'MeasurePackage', {})} and ${which} order by d.updated_at desc, d.id desc limit 100`.execute(db)
  return rows
}

/** Keeps a draft as it is, whether it translates or not. */
export async function saveDraft(ctx: Ctx, input: SaveDraft): Promise<Draft | Refusal> {
  const title = shortText(input.title, 'The title')
  if (typeof title !== 'string') return title
  if (input.cql.length > MOST_CQL || input.description.length > 2_000)
    return refused('DraftTooLong', `A draft has at most ${MOST_CQL.toLocaleString('en-US')} characters of CQL and 2,000 of description.`)
  const { description, improvement, cql, idempotencyKey } = input
  const values = {
    title,
    description: description.trim(),
    improvement,
    cql,
    updated_by: ctx.viewer.userId,
    updated_at: ctx.clock.now().toISOString(),
  }
  return ctx.write(async (tx) => {
    const id = await oncePerKey<'MeasureDraft'>(tx, ctx, { operation: 'saveDraft', idempotencyKey, input }, async (fresh) => {
      if (input.id == null) {
        await tx.db
          .insertInto('measure_draft')
          .values({ id: fresh, version: 1, published_hash: null, ...values })
          .execute()
        await keepEvent(tx, ctx, { action: 'create', subject: 'MeasurePackage', subjectIds: [fresh] })
        return null
      }
      if (!isUuid(input.id)) return DRAFT_UNKNOWN
      const changed = await tx.db
        .updateTable('measure_draft')
        .set({ ...values, version: (input.version ?? 0) + 1 })
        .where('id', '=', input.id)
        .where('version', '=', input.version ?? 0)
        .returning('id')
        .executeTakeFirst()
      if (!changed) {
        const there = await tx.db.selectFrom('measure_draft').select('id').where('id', '=', input.id).executeTakeFirst()
        return there ? DRAFT_CHANGED : DRAFT_UNKNOWN
      }
      await keepEvent(tx, ctx, { action: 'create', subject: 'MeasurePackage', subjectIds: [input.id] })
      return null
    })
    if (isRefusal(id)) return id
    return (await draftOf({ ...ctx, tx: async () => tx }, input.id ?? id)) ?? DRAFT_UNKNOWN
  })
}

/** Value sets of loaded packages, the newest first, by url. */
export const loadedValueSets =
  (ctx: Ctx): KnownValueSets =>
  async (urls) => {
    if (urls.length === 0) return []
    const { db } = await ctx.tx()
    const { rows } = await sql<{ resource: string }>`
      select distinct on (v.resource ->> 'url') v.resource::text as resource
        from measure_package k, jsonb_array_elements(k.bundle::jsonb -> 'entry') e, lateral (select e -> 'resource' as resource) v
       where v.resource ->> 'resourceType' = 'ValueSet' and v.resource ->> 'url' = any (${[...urls]}::text[])
       order by v.resource ->> 'url', k.loaded_at desc`.execute(db)
    return rows.map(({ resource }) => JSON.parse(resource) as FhirValueSet)
  }

/** Everything wrong with a text, by place. */
export async function checkCql(ctx: Ctx, cql: string): Promise<readonly TranslationProblem[]> {
  if (cql.length > MOST_CQL) return [{ library: '', line: 1, column: 1, message: `A measure has at most ${MOST_CQL} characters.` }]
  return ctx.desk.drafts().check(cql, loadedValueSets(ctx))
}
