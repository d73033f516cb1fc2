import { conditionGroups } from '@carecommons/cql'
import { Arg, Ctx as FromContext, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import { ConditionGroupType } from '#graphql/patient'
import { PopulationInput } from '#graphql/quality'
import type { ComingStateName } from '#modules/quality'
import type { Ctx } from '#shared/context'
import { Door, type NeedOf, NeedsFor } from '#shared/door'
import { listPatients } from './list-patients.ts'
import { isClinical } from './patient-filter.ts'
import { ComingGapInput, ComingGapsStateEnum, PatientConnectionType, PatientSort } from './registry.graphql.ts'

/** A list filtered or sorted by a clinical value tells the value. */
const clinicalWhenSifted: NeedOf = ({ sort, ...filter }) =>
  isClinical(filter, sort) ? { action: 'read', subject: 'ClinicalRecord' } : null

@Resolver(() => PatientConnectionType)
export class RegistryResolver {
  @Door('read', 'Chart')
  @NeedsFor(clinicalWhenSifted)
  @Query(() => PatientConnectionType, { description: "The practice's registry, one page at a time." })
  patients(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('practice', () => String, { nullable: true, description: 'Id of a practice, of several.' }) practice: string | null,
    @Arg('condition', () => String, { nullable: true }) condition: string | null,
    @Arg('clinician', () => String, { nullable: true, description: 'Name of the clinician whose panel it is.' }) clinician: string | null,
    @Arg('careManager', () => String, { nullable: true, description: 'Name of the care manager, as charts have it.' })
    careManager: string | null,
    @Arg('openGap', () => String, { nullable: true }) openGap: string | null,
    @Arg('comingGap', () => ComingGapInput, { nullable: true }) comingGap: ComingGapInput | null,
    @Arg('registry', () => String, { nullable: true, description: 'Id of a registry.' }) registry: string | null,
    @Arg('inPopulation', () => PopulationInput, { nullable: true }) inPopulation: PopulationInput | null,
    @Arg('tier', () => Int, { nullable: true, description: 'Tier of risk, 0 to 4.' }) tier: number | null,
    @Arg('sort', () => PatientSort, { nullable: true, defaultValue: 'NAME' }) sort: PatientSort | null,
    @Arg('reversed', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'The other way round; charts without the value still come last.',
    })
    reversed: boolean | null,
  ): Promise<PatientConnectionType> {
    return listPatients(
      ctx,
      { search, practice, condition, clinician, careManager, openGap, comingGap, registry, inPopulation, tier },
      { first, after, sort: { name: sort ?? 'NAME', reversed: reversed ?? false } },
    )
  }

  @FieldResolver(() => Int, { description: 'Charts under the same conditions.' })
  totalCount(@Root() connection: PatientConnectionType): Promise<number> {
    return connection.count()
  }

  @FieldResolver(() => ComingGapsStateEnum, { description: 'Of all practices whose charts can be on the list.' })
  comingGapsState(@Root() connection: PatientConnectionType): Promise<ComingStateName> {
    return connection.comingGapsState()
  }

  @Door('read', 'Directory')
  @Query(() => [ConditionGroupType], { description: 'Conditions a registry can be filtered by.' })
  conditionGroups(): ConditionGroupType[] {
    return conditionGroups.map(({ key, title }) => ({ key, title }))
  }
}
