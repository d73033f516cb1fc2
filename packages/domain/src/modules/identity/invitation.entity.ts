import { databaseRoles, invitationWriters, openTo, openToExceptPatients, ownOrganization } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/**
 * A person asked to take a role in an organization, or one who has it asked to choose new ways to sign in. The mail carries a token; only its hash is kept, and it is made when the mail is
 * sent, so that neither the queue nor a backup opens the door. Open until accepted, withdrawn or expired.
 */
export const Invitation = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    /** Name of a page in packages/access/src/roles. */
    role: p.text(),
    /** Of a patient: the chart that will be theirs to read. */
    patientId: p.uuid().nullable().check("(role = 'patient') = (patient_id is not null)"),
    /** The membership of somebody who is to choose new ways to sign in; null of somebody who is asked to take the role. */
    renews: p.uuid().nullable().index('invitation_renews'),
    name: p.text(),
    /** Lower case. */
    email: p.text(),
    /** Of the newest mail: its link works, those of earlier mails do not. Null until the first is sent. */
    tokenHash: p.blob().columnType('bytea').nullable().unique(),
    /** The membership that invites. */
    invitedBy: p.uuid(),
    createdAt: p.string().columnType('timestamptz'),
    expiresAt: p.string().columnType('timestamptz'),
    sentAt: p.string().columnType('timestamptz').nullable(),
    /** The last try to mail it failed; the address may be wrong. */
    mailFailedAt: p.string().columnType('timestamptz').nullable(),
    acceptedAt: p.string().columnType('timestamptz').nullable(),
    /** The membership that came of it. */
    acceptedAs: p.uuid().nullable(),
    /** Of a patient: how often somebody who held the link said another birth date than the chart's. */
    wrongBirthDates: p.smallint().default(0),
    revokedAt: p.string().columnType('timestamptz').nullable(),
  },
  uniques: [
    {
      name: 'invitation_open',
      properties: ['organizationId', 'email', 'role'],
      where: 'renews is null and accepted_at is null and revoked_at is null',
    },
    {
      name: 'invitation_open_chart',
      properties: ['organizationId', 'patientId'],
      where: 'patient_id is not null and renews is null and accepted_at is null and revoked_at is null',
    },
    {
      name: 'invitation_open_renewal',
      properties: ['renews'],
      where: 'renews is not null and accepted_at is null and revoked_at is null',
    },
  ],
  rowLevelSecurity: 'force',
  policies: [
    openTo('invitation', databaseRoles.door, 'all'),
    openTo('invitation', databaseRoles.worker, 'all'),
    openToExceptPatients('invitation', databaseRoles.region),
    ownOrganization('invitation', databaseRoles.practice),
    ...invitationWriters,
  ],
})
