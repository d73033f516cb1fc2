import { consentReaders, consentWriters } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

export const consentKinds = ['program', 'sensitive'] as const
export type ConsentKind = (typeof consentKinds)[number]
export const consentManners = ['verbal', 'written'] as const
export type ConsentManner = (typeof consentManners)[number]

/**
 * What a patient agreed to: to care management (`program`), or that labelled rows of one category are opened to one organization
 * (`sensitive`). A live row opens; ending it closes at once. Rows stay as history.
 */
export const Consent = defineEntity({
  name: 'Consent',
  tableName: 'consent',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    kind: p.text().$type<ConsentKind>().check("kind in ('program', 'sensitive')"),
    /** Of a sensitive one: which labelled rows it opens. */
    category: p.text().$type<'part2' | 'behavioral'>().nullable().check("category in ('part2', 'behavioral')"),
    /** To whom: the practice itself, the coordinating body whose care managers read, or a practice the chart is shared with. */
    recipientId: p.uuid(),
    manner: p.text().$type<ConsentManner>().check("manner in ('verbal', 'written')"),
    /** Who agreed, and what they are to the patient: `patient`, `parent`, `guardian`. */
    givenBy: p.text(),
    givenAs: p.text(),
    givenOn: p.date(),
    /** What it is for and how much it covers, in words. */
    scope: p.text(),
    /** Null: until it is revoked. */
    expiresAt: p.string().columnType('timestamptz').nullable(),
    recordedBy: p.uuid(),
    recordedByName: p.text(),
    recordedAt: p.string().columnType('timestamptz'),
    endedAt: p.string().columnType('timestamptz').nullable(),
    endedByName: p.text().nullable(),
    idempotencyKey: p.text(),
  },
  uniques: [{ name: 'consent_idempotency', properties: ['practiceId', 'idempotencyKey'] }],
  indexes: [{ name: 'consent_chart', properties: ['practiceId', 'patientId'] }],
  checks: [{ name: 'consent_category_of_kind', expression: "(kind = 'sensitive') = (category is not null)" }],
  rowLevelSecurity: 'force',
  policies: [...consentReaders('consent'), ...consentWriters],
})
