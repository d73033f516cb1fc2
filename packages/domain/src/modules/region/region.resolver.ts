import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Query, Resolver } from 'type-graphql'
import { PlaybookType } from '#graphql/improvement'
import { MetricRunType, PeriodInput, ScoreType, StratifiedScoreType } from '#graphql/quality'
import { listPlaybooks } from '#modules/improvement'
import { listRuns, readRegionStrata } from '#modules/quality'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { readPracticeRecords } from './practice-records.ts'
import { PracticeRecordsType, PracticeRowType, RegionMonthsType, RegionOverviewType } from './region.graphql.ts'
import { readRegionMonths } from './region-months.ts'
import { countOrganizations, countPeople, listPracticeRows, type PracticeRow, regionScores } from './region-overview.ts'

@Resolver(() => RegionOverviewType)
export class RegionResolver {
  @Door('read', 'RegionOverview')
  @Query(() => RegionOverviewType, { description: "The coordinating body's overview: aggregates by practice, never a person." })
  async region(@FromContext('ctx') ctx: Ctx): Promise<RegionOverviewType> {
    const { practices, payers } = await countOrganizations(ctx)
    return { region: ctx.region, practiceCount: practices, payerCount: payers }
  }

  @FieldResolver(() => Int, { description: 'People counted once, however many practices know them.' })
  peopleCount(@FromContext('ctx') ctx: Ctx): Promise<number> {
    return countPeople(ctx)
  }

  @FieldResolver(() => MetricRunType, { nullable: true })
  async latestRun(@FromContext('ctx') ctx: Ctx): Promise<MetricRunType | null> {
    return (await listRuns(ctx, 1))[0] ?? null
  }

  @FieldResolver(() => [ScoreType], { description: 'Region scores by period, newest period first.' })
  scores(@FromContext('ctx') ctx: Ctx): Promise<ScoreType[]> {
    return regionScores(ctx)
  }

  @FieldResolver(() => [PracticeRowType], { description: 'Scores of the newest published period unless told.' })
  practices(
    @FromContext('ctx') ctx: Ctx,
    @Arg('period', () => PeriodInput, { nullable: true }) period: PeriodInput | null,
  ): Promise<PracticeRow[]> {
    return listPracticeRows(ctx, period ?? 'newest')
  }

  @FieldResolver(() => RegionMonthsType, { description: 'The last two years of every practice.', complexity: () => 200 })
  months(@FromContext('ctx') ctx: Ctx): Promise<RegionMonthsType> {
    return readRegionMonths(ctx)
  }

  @FieldResolver(() => [PracticeRecordsType], { description: 'What the figures of each practice rest on.', complexity: () => 200 })
  practiceRecords(@FromContext('ctx') ctx: Ctx): Promise<PracticeRecordsType[]> {
    return readPracticeRecords(ctx)
  }

  @FieldResolver(() => [PlaybookType], {
    description: 'What practices share of how they got better, the newest first.',
    complexity: () => 1,
  })
  playbooks(@FromContext('ctx') ctx: Ctx): Promise<PlaybookType[]> {
    return listPlaybooks(ctx)
  }

  @FieldResolver(() => StratifiedScoreType, {
    nullable: true,
    description:
      'A measure by agreed strata, of the region or of a practice, as the newest run left them: no stratum of 1 to 10 people, and none from which such follow.',
  })
  strata(
    @FromContext('ctx') ctx: Ctx,
    @Arg('measure', () => String) measure: string,
    @Arg('practice', () => ID, { nullable: true }) practice: string | null,
    @Arg('period', () => PeriodInput, { nullable: true }) period: PeriodInput | null,
  ): Promise<StratifiedScoreType | null> {
    return readRegionStrata(ctx, { measure, practiceId: practice ?? null, period: period ?? 'newest' })
  }
}
