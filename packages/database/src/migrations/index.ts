import { sqlMigration } from './sql-migration.ts'

/** In order of application; names never change once landed. */
export const migrations = [
  sqlMigration('0001-foundation'),
  sqlMigration('0002-people'),
  sqlMigration('0003-signing-in'),
  sqlMigration('0004-systems'),
  sqlMigration('0006-audit'),
  sqlMigration('0006-disclosures'),
  sqlMigration('0007-invitations'),
  sqlMigration('0008-rates'),
  sqlMigration('0011-registry-order'),
  sqlMigration('0013-content-as-it-came'),
  sqlMigration('0005-consent'),
  sqlMigration('0015-registry-count'),
  sqlMigration('0014-emergency-mail'),
  sqlMigration('0016-withdrawn-versions'),
  sqlMigration('0017-codes-without-words'),
  sqlMigration('0017-read-checksums'),
  sqlMigration('0018-walls-of-consent'),
  sqlMigration('0020-measuring'),
  sqlMigration('0021-live-period'),
  sqlMigration('0019-patient-sign-ins'),
  sqlMigration('0022-undated-persons'),
  sqlMigration('0023-named-payers'),
  sqlMigration('0026-measure-terms'),
  sqlMigration('0026-deck-checks'),
]
