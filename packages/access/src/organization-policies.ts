import { databaseRoles, type DatabaseRole } from './database-role.ts'
import { ACTING_ROLE, openTo, type Policy, setting } from './policies.ts'

/*
 * Who reads which organizations. Practices and the coordinating body are known in the region. A payer is known to those whose charts name
 * it, and to itself; one that records only name is, until the region agrees, known to nobody else but who administers organizations.
 * Texts are written as PostgreSQL prints them back, so that entities and database compare equal.
 */

const COVERS_A_CHART = `(EXISTS ( SELECT
   FROM coverage v
  WHERE (v.payer_id = organization.id)))`

/** Coverage is under its own policies: of a practice its charts', of a care manager those assigned, of a patient the own. */
const WHOSE_CHARTS_NAME_IT = `((kind <> 'payer'::text) OR ${COVERS_A_CHART})`

const HAS_FIGURES = `(EXISTS ( SELECT
   FROM payer_performance f
  WHERE (f.practice_id = organization.id)))`

const ADMINISTERS = `(${ACTING_ROLE} = 'region-administrator'::text)`

const readers = (name: string, roles: readonly DatabaseRole[], using: string): Policy => ({
  name: `organization_${name}`,
  command: 'select',
  roles: [...roles],
  using,
})

export const organizationReaders: readonly Policy[] = [
  readers('agreed', [databaseRoles.door, databaseRoles.auditor], 'agreed'),
  readers('of_charts', [databaseRoles.practice, databaseRoles.careManager, databaseRoles.patient], WHOSE_CHARTS_NAME_IT),
  readers('no_payers', [databaseRoles.grantee, databaseRoles.feed], `(kind <> 'payer'::text)`),
  readers('administered', [databaseRoles.region], `(agreed OR ${ADMINISTERS})`),
  readers('of_figures', [databaseRoles.payer], `((id = ${setting('organization_id')}) OR ((kind = 'practice'::text) AND ${HAS_FIGURES}))`),
  openTo('organization', databaseRoles.worker, 'all'),
]
