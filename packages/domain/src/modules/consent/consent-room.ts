import type { Action } from '@carecommons/access'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'

const COLUMNS = { practiceId: 'c.practice_id', patientId: 'c.patient_id', recipientId: 'c.recipient_id' }

/**
 * Consents `c` that the viewer may act on. Whoever may not know of sensitive records is not told that there is a consent to them, for
 * it says of whom there are such records (42 CFR 2.13(c)).
 */
export const consentRoom = (ctx: Ctx, action: Action): RawBuilder<SqlBool> =>
  sql`((c.category is null and ${room(ctx, action, 'Consent', COLUMNS)})
    or (c.category is not null and ${room(ctx, action, 'SensitiveConsent', COLUMNS)}))`
