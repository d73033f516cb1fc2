import { agreementWriters, databaseRoles, openTo, organizationReaders, organizationWriters, ownOrganization } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

export const organizationKinds = ['coordinating-body', 'practice', 'payer', 'community-partner'] as const
export type OrganizationKind = (typeof organizationKinds)[number]

/** A coordinating body, practice, payer or community partner of the region. Directory, not chart. */
export const Organization = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  properties: {
    id: p.uuid().primary(),
    regionId: p.uuid(),
    kind: p.text().$type<OrganizationKind>().check("kind in ('coordinating-body', 'practice', 'payer', 'community-partner')"),
    name: p.text(),
    slug: p.text(),
    city: p.text().nullable(),
    createdAt: p.string().columnType('timestamptz'),
    /** Of a practice: since when its people reach its charts. Null until both agreements are signed. */
    activeSince: p.date().nullable(),
    /** Counts changes of what people edit: of two who edit at once the second is told. */
    version: p.integer().default(1),
    /** A program under 42 CFR Part 2: its records are labelled as they arrive. */
    part2Program: p.boolean().fieldName('part2_program').default(false),
    /**
     * False: a payer that records name, without an entry of its own in the directory. It waits for the region's agreement: what a record
     * calls a payer may be somebody's name.
     */
    agreed: p.boolean().default(true),
  },
  uniques: [{ name: 'organization_slug', properties: ['kind', 'slug'] }],
  rowLevelSecurity: 'force',
  policies: [...organizationReaders, ...organizationWriters],
})

/** Names under which sources know an organization: a FHIR id, a payer's display name in claims. */
export const OrganizationAlias = defineEntity({
  name: 'OrganizationAlias',
  tableName: 'organization_alias',
  properties: {
    kind: p.text().primary().$type<OrganizationKind>(),
    /** `fhir:<id>` or `name:<normalized name>`. */
    alias: p.text().primary(),
    organizationId: p.uuid(),
  },
  rowLevelSecurity: 'force',
  policies: [openTo('organization_alias', databaseRoles.worker, 'all')],
})

export const agreementKinds = ['participation', 'data-use'] as const
export type AgreementKind = (typeof agreementKinds)[number]

/** An agreement as signed: by whom, when, in which wording. Never changed; a new wording is a new row. */
export const Agreement = defineEntity({
  name: 'Agreement',
  tableName: 'agreement',
  properties: {
    organizationId: p.uuid().primary(),
    kind: p.text().primary().$type<AgreementKind>().check("kind in ('participation', 'data-use')"),
    /** Of the wording. */
    version: p.text().primary(),
    signedBy: p.text(),
    /** What the signer is in the organization. */
    signedAs: p.text(),
    signedOn: p.date(),
    /** `electronic`: by the recording person; `paper`: the recording person holds the signed sheet. */
    manner: p.text().$type<'electronic' | 'paper'>().check("manner in ('electronic', 'paper')"),
    /** Null: recorded on the command line. */
    recordedBy: p.uuid().nullable(),
    recordedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [
    openTo('agreement', databaseRoles.worker, 'all'),
    openTo('agreement', databaseRoles.region, 'select'),
    openTo('agreement', databaseRoles.auditor, 'select'),
    ownOrganization('agreement', databaseRoles.practice),
    ...agreementWriters,
  ],
})
