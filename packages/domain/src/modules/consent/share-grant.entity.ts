import { assignedPractices, ownChart, ownPractice, shareGrantWriters, toOwnOrganization, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

export const shareBases = ['treatment', 'patient-request'] as const
export type ShareBasis = (typeof shareBases)[number]

/** One chart of a practice opened to another practice: named categories, until a moment. Ending it closes at once; rows stay as history. */
export const ShareGrant = defineEntity({
  name: 'ShareGrant',
  tableName: 'share_grant',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    recipientId: p.uuid(),
    /** Names in share-category.ts; a sensitive category is open only while a consent to the recipient lives too. */
    categories: p.array().columnType('text[]'),
    /** FHIR resource types of these categories: what the policies compare. */
    types: p.array().columnType('text[]'),
    basis: p.text().$type<ShareBasis>().check("basis in ('treatment', 'patient-request')"),
    expiresAt: p.string().columnType('timestamptz'),
    grantedBy: p.uuid(),
    grantedByName: p.text(),
    grantedAt: p.string().columnType('timestamptz'),
    endedAt: p.string().columnType('timestamptz').nullable(),
    endedByName: p.text().nullable(),
    idempotencyKey: p.text(),
  },
  uniques: [{ name: 'share_grant_idempotency', properties: ['practiceId', 'idempotencyKey'] }],
  indexes: [
    { name: 'share_grant_chart', properties: ['practiceId', 'patientId'] },
    { name: 'share_grant_recipient', properties: ['recipientId', 'patientId'] },
  ],
  checks: [{ name: 'share_grant_to_another', expression: 'recipient_id <> practice_id' }],
  rowLevelSecurity: 'force',
  policies: [
    ownPractice('share_grant'),
    ...shareGrantWriters,
    assignedPractices('share_grant'),
    ownChart('share_grant'),
    toOwnOrganization('share_grant', 'practice'),
    toOwnOrganization('share_grant', 'grantee'),
    workedPractices('share_grant'),
  ],
})
