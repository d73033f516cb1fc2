import { Ctx as FromContext, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import type { Ctx } from '#shared/context'
import { Door, Needs } from '#shared/door'
import { type CalibrationBand, readCalibration } from './calibration.ts'
import { riskOf, riskScoresOf } from './read-risk.ts'
import { CalibrationBandType, PatientRiskType, RiskModelType, RiskScoreType } from './risk.graphql.ts'
import { type RiskModel, riskModels } from './risk-models.ts'

@Resolver(() => PatientType)
export class PatientRiskFieldResolver {
  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => PatientRiskType, {
    nullable: true,
    // A few short rows a chart, and all of a page are read at once, beside the gaps that cost more.
    complexity: () => 0,
    description: 'Null while it is being worked out, of people who died, and for patients themselves.',
  })
  async risk(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<PatientRiskType | null> {
    return (await riskOf(ctx, id)) ?? null
  }
}

@Resolver(() => PatientRiskType)
export class RiskResolver {
  @FieldResolver(() => [RiskScoreType], { description: 'What each model says, in the order of the cards.' })
  async scores(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientRiskType): Promise<RiskScoreType[]> {
    return (await riskScoresOf(ctx, id)) ?? []
  }

  @Door('read', 'Measure')
  @Query(() => [RiskModelType], { description: 'Cards of the models by which charts are ranked.' })
  riskModels(): readonly RiskModel[] {
    return riskModels
  }

  @Door('read', 'Registry')
  @Query(() => [CalibrationBandType], {
    description: 'How the models fit this region: what followed, by model and score. Small numbers are left out.',
  })
  riskCalibration(@FromContext('ctx') ctx: Ctx): Promise<CalibrationBand[]> {
    return readCalibration(ctx)
  }
}
