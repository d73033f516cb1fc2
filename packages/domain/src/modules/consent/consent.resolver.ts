import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import { OrganizationConnectionType } from '#graphql/practice'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { Door, Needs, NeedsFor } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { upTo } from '#shared/up-to'
import { careOrganizations } from './care-organizations.ts'
import { ChartActionsType, ConsentResult, ConsentType, GuestAccessType, RecordConsentInput } from './consent.graphql.ts'
import { endConsent } from './end-consent.ts'
import { guestAccess } from './guest-chart.ts'
import { type ConsentRow, consentsOf } from './read-consents.ts'
import { recordConsent } from './record-consent.ts'
import { redisclosureNoticeOf } from './redisclosure-notice.ts'

/** Consents, and what a patient's page says of protection. */
@Resolver(() => PatientType)
export class ConsentResolver {
  @Needs('read', 'Consent')
  @FieldResolver(() => [ConsentType], {
    description: 'What the patient agreed to, revoked ones included, newest first.',
    complexity: upTo(3),
  })
  async consents(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<ConsentRow[]> {
    return (await consentsOf(ctx, id)) ?? []
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The notice of 42 CFR 2.32, on charts of which the viewer sees a record under Part 2. It goes wherever such a record goes.',
  })
  async redisclosureNotice(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<string | null> {
    return (await redisclosureNoticeOf(ctx, id)) ?? null
  }

  @FieldResolver(() => GuestAccessType, {
    nullable: true,
    description: 'Set on a chart of another practice: by which rule it is open, and what of it.',
  })
  guestAccess(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<GuestAccessType | null> {
    return guestAccess(ctx, id)
  }

  @FieldResolver(() => ChartActionsType)
  viewerCan(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): ChartActionsType {
    const { ability } = ctx.guests.get(id) ?? ctx
    return {
      readConsents: ability.can('read', 'Consent'),
      recordConsent: ability.can('create', 'Consent'),
      recordSensitiveConsent: ability.can('create', 'SensitiveConsent'),
      endConsent: ability.can('end', 'Consent'),
      readShareGrants: ability.can('read', 'ShareGrant'),
      share: ability.can('create', 'ShareGrant'),
      openInEmergency: ability.can('create', 'EmergencyAccess'),
      seeAudience: ability.can('read', 'Audience'),
    }
  }

  @Door('read', 'Directory')
  @Query(() => OrganizationConnectionType, {
    description: 'Whom a chart can be opened to: active practices and the coordinating body, the own organization first, then by name.',
  })
  careOrganizations(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name, the city or the short name.' }) search: string | null,
    @Arg('otherPractices', () => Boolean, { defaultValue: false, description: 'Practices alone, without the own.' })
    otherPractices: boolean,
  ): Promise<Connection<OrganizationRow>> {
    return careOrganizations(ctx, { search: search ?? null, otherPractices }, { first, after })
  }

  @Door('create', 'Consent')
  @NeedsFor(({ input }) => ((input as RecordConsentInput).kind === 'sensitive' ? { action: 'create', subject: 'SensitiveConsent' } : null))
  @Mutation(() => ConsentResult)
  recordConsent(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RecordConsentInput) input: RecordConsentInput,
  ): Promise<ConsentRow | Refusal> {
    return recordConsent(ctx, input)
  }

  @Door('end', 'Consent')
  @Mutation(() => ConsentResult, { description: 'Revokes a consent: what it opened is closed at once.' })
  endConsent(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<ConsentRow | Refusal> {
    return endConsent(ctx, id)
  }
}
