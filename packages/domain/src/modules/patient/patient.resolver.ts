import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import { type ComingDay, comingGapsOf, type Gap, gapsOf } from '#modules/quality'
import { pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { Door, Needs } from '#shared/door'
import { careTeamOf } from './care-team.ts'
import { allergiesOf, conditionsOf, coverageOf, encountersOf, immunizationsOf, medicationsOf, problemsOf } from './chart-lists.ts'
import { openPatient } from './open-patient.ts'
import {
  AllergyEntryType,
  CareTeamMemberType,
  ComingGapType,
  ConditionGroupType,
  CoveragePeriodType,
  EncounterEntryType,
  GapType,
  ImmunizationEntryType,
  MedicationEntryType,
  PatientType,
  ProblemType,
  ValueSeriesType,
} from './patient.graphql.ts'
import { seriesOf } from './value-series.ts'

@Resolver(() => PatientType)
export class PatientResolver {
  @Door('read', 'Chart')
  @Query(() => PatientType, { nullable: true, description: 'One chart; null when it does not exist or is not yours.' })
  patient(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<PatientType | null> {
    return openPatient(ctx, id)
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [ConditionGroupType])
  async conditions(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<ConditionGroupType[]> {
    return (await conditionsOf(ctx, id)) ?? []
  }

  @Needs('read', 'Identifiers')
  @FieldResolver(() => [CoveragePeriodType], { description: 'Newest first.' })
  async coverage(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<CoveragePeriodType[]> {
    return (await coverageOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [ProblemType], { description: 'Active first, then newest first.' })
  async problems(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<ProblemType[]> {
    return (await problemsOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [MedicationEntryType], { description: 'Active first, then newest first.' })
  async medications(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<MedicationEntryType[]> {
    return (await medicationsOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [AllergyEntryType])
  async allergies(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<AllergyEntryType[]> {
    return (await allergiesOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [ImmunizationEntryType], { description: 'Newest first.' })
  async immunizations(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<ImmunizationEntryType[]> {
    return (await immunizationsOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [ValueSeriesType], { description: 'Series of the values that matter for follow-up, oldest first.' })
  async series(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<ValueSeriesType[]> {
    return (await seriesOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [EncounterEntryType], { description: 'Newest first.' })
  async encounters(
    @FromContext('ctx') ctx: Ctx,
    @Root() { id }: PatientType,
    @Arg('first', () => Int, { nullable: true, defaultValue: 30 }) first: number | null,
  ): Promise<EncounterEntryType[]> {
    const size = pageSize(first, 30)
    return ((await encountersOf(ctx, id)) ?? []).slice(0, size)
  }

  @FieldResolver(() => [CareTeamMemberType])
  async careTeam(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<CareTeamMemberType[]> {
    return (await careTeamOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [GapType])
  async gaps(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<Gap[]> {
    return (await gapsOf(ctx, id)) ?? []
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [ComingGapType], {
    nullable: true,
    // Rarely many, and all of a page are read at once, beside the gaps that cost more.
    complexity: () => 0,
    description:
      'Closed gaps that open again within a year after the published period, the first due first. Null: that is not worked out yet.',
  })
  async comingGaps(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<ComingDay[] | null> {
    return (await comingGapsOf(ctx, id)) ?? null
  }
}
