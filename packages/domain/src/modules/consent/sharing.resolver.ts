import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import type { Ctx } from '#shared/context'
import { Door, Needs } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { upTo } from '#shared/up-to'
import { breakGlass, openInEmergency } from './break-glass.ts'
import {
  AudienceEntryConnectionType,
  BreakGlassInput,
  EmergencyAccessConnectionType,
  EmergencyAccessResult,
  ShareChartInput,
  SharedChartConnectionType,
  ShareGrantResult,
  ShareGrantType,
  VisibilityType,
} from './consent.graphql.ts'
import { contestEmergency, type EmergencyRow, liftEmergencyBar, listEmergencies } from './emergencies.ts'
import { endShareGrant, shareChart, type ShareGrantRow, shareGrantsOf } from './share-grants.ts'
import { sharedCharts, type SharedChartRow } from './shared-charts.ts'
import { type AudienceEntry, whoCanSee } from './who-can-see.ts'
import { type Visibility, whyVisible } from './why-visible.ts'

/** Charts that cross the border of a practice, by grant or in an emergency, and why. */
@Resolver(() => PatientType)
export class SharingResolver {
  @Needs('read', 'ShareGrant')
  @FieldResolver(() => [ShareGrantType], { description: 'To whom the chart is or was opened, newest first.', complexity: upTo(3) })
  async shareGrants(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<ShareGrantRow[]> {
    return (await shareGrantsOf(ctx, id)) ?? []
  }

  @Door('read', 'Visibility')
  @Query(() => SharedChartConnectionType, { description: 'Charts that other practices opened to the acting one, by name.' })
  sharedCharts(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Connection<SharedChartRow>> {
    return sharedCharts(ctx, { first, after })
  }

  @Door('read', 'EmergencyAccess')
  @Query(() => EmergencyAccessConnectionType, {
    description: "Emergencies, newest first: of the practice's charts for its administrator, else one's own.",
  })
  emergencies(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Connection<EmergencyRow>> {
    return listEmergencies(ctx, { first, after })
  }

  @Door('read', 'Visibility')
  @Query(() => VisibilityType, { description: 'Which rules open a chart to the viewer now.' })
  whyVisible(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<Visibility> {
    return whyVisible(ctx, id)
  }

  @Door('read', 'Audience')
  @Query(() => AudienceEntryConnectionType, {
    description: 'Everybody to whom a chart of the own practice is open now, and by which rule.',
  })
  whoCanSee(
    @FromContext('ctx') ctx: Ctx,
    @Arg('patientId', () => ID) patientId: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Connection<AudienceEntry>> {
    return whoCanSee(ctx, patientId, { first, after })
  }

  @Door('create', 'ShareGrant')
  @Mutation(() => ShareGrantResult)
  shareChart(@FromContext('ctx') ctx: Ctx, @Arg('input', () => ShareChartInput) input: ShareChartInput): Promise<ShareGrantRow | Refusal> {
    return shareChart(ctx, input)
  }

  @Door('end', 'ShareGrant')
  @Mutation(() => ShareGrantResult, { description: 'Ends a grant: the other practice reads nothing more.' })
  endShareGrant(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<ShareGrantRow | Refusal> {
    return endShareGrant(ctx, id)
  }

  @Door('create', 'EmergencyAccess')
  @Mutation(() => EmergencyAccessResult, { description: 'Opens one chart outside of the own reach for four hours. Its practice is told.' })
  breakGlass(@FromContext('ctx') ctx: Ctx, @Arg('input', () => BreakGlassInput) input: BreakGlassInput): Promise<EmergencyRow | Refusal> {
    return breakGlass(ctx, input)
  }

  @Door('create', 'EmergencyAccess')
  @Mutation(() => EmergencyAccessResult, { description: 'Opens the sensitive records of a chart in the own reach for four hours.' })
  openInEmergency(
    @FromContext('ctx') ctx: Ctx,
    @Arg('patientId', () => ID) patientId: string,
    @Arg('reason', () => String) reason: string,
  ): Promise<EmergencyRow | Refusal> {
    return openInEmergency(ctx, patientId, reason)
  }

  @Door('update', 'EmergencyAccess')
  @Mutation(() => EmergencyAccessResult, {
    description: 'Says that it was no emergency: ends all openings of the chart by this person, bars the next, and keeps why.',
  })
  contestEmergency(
    @FromContext('ctx') ctx: Ctx,
    @Arg('id', () => ID) id: string,
    @Arg('words', () => String) words: string,
  ): Promise<EmergencyRow | Refusal> {
    return contestEmergency(ctx, id, words)
  }

  @Door('update', 'EmergencyAccess')
  @Mutation(() => EmergencyAccessResult, {
    description: 'Lifts what a contest left: this person may open the chart in an emergency again.',
  })
  liftEmergencyBar(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<EmergencyRow | Refusal> {
    return liftEmergencyBar(ctx, id)
  }
}
