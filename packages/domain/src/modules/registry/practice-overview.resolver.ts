import { Arg, Ctx as FromContext, FieldResolver, Query, Resolver } from 'type-graphql'
import { ImprovementCycleType, PlaybookType } from '#graphql/improvement'
import { PeriodInput, PracticeMonthsType, ScoreType, StratifiedScoreType } from '#graphql/quality'
import { listCycles, listPlaybooks } from '#modules/improvement'
import {
  type Comparison,
  comparePractice,
  countGaps,
  countPanelGaps,
  type PanelGaps,
  readMonths,
  readPracticeStrata,
} from '#modules/quality'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { upTo } from '#shared/up-to'
import { attentionGroups } from './attention.ts'
import { concentration } from './concentration.ts'
import {
  AttentionGroupType,
  ComparisonType,
  ConcentrationType,
  ConditionCountType,
  GapCountType,
  CareManagerCountType,
  PanelCountType,
  PanelGapCountType,
  PracticeOverviewType,
} from './practice-overview.graphql.ts'
import { countCareManagers, countConditions, countPanels, practiceOverview, practiceScores } from './practice-overview.ts'

@Resolver(() => PracticeOverviewType)
export class PracticeOverviewResolver {
  @Door('read', 'PracticeOverview')
  @Query(() => PracticeOverviewType, { description: 'The practice of the acting membership.' })
  practice(@FromContext('ctx') ctx: Ctx): Promise<PracticeOverviewType> {
    return practiceOverview(ctx)
  }

  @FieldResolver(() => [ConditionCountType], { description: 'As many as the registry lists under each condition.', complexity: () => 10 })
  conditionCounts(@FromContext('ctx') ctx: Ctx): Promise<ConditionCountType[]> {
    return countConditions(ctx)
  }

  @FieldResolver(() => [PanelCountType], { description: "Clinicians' panels by name, as many as the registry lists under each." })
  panels(@FromContext('ctx') ctx: Ctx): Promise<PanelCountType[]> {
    return countPanels(ctx)
  }

  @FieldResolver(() => [CareManagerCountType], {
    description: 'Care managers by name, as many as the registry lists under each.',
    complexity: upTo(5),
  })
  careManagers(@FromContext('ctx') ctx: Ctx): Promise<CareManagerCountType[]> {
    return countCareManagers(ctx)
  }

  @FieldResolver(() => [GapCountType], { description: 'Open gaps by measure in the newest published period.' })
  gapCounts(@FromContext('ctx') ctx: Ctx): Promise<GapCountType[]> {
    return countGaps(ctx)
  }

  @FieldResolver(() => [PanelGapCountType], {
    description: 'Open gaps by clinician and measure.',
    complexity: () => 1,
  })
  panelGaps(@FromContext('ctx') ctx: Ctx): Promise<PanelGaps[]> {
    return countPanelGaps(ctx)
  }

  @FieldResolver(() => ConcentrationType, { description: 'How few people have how much of what is open.' })
  concentration(@FromContext('ctx') ctx: Ctx): Promise<ConcentrationType> {
    return concentration(ctx)
  }

  @FieldResolver(() => PracticeMonthsType, {
    nullable: true,
    description: 'The last two years month by month; null until they have been worked out for the first time.',
  })
  months(@FromContext('ctx') ctx: Ctx): Promise<PracticeMonthsType | null> {
    return readMonths(ctx)
  }

  @FieldResolver(() => [ImprovementCycleType], {
    description: 'What the practice tries in order to get better, the newest first.',
    complexity: () => 1,
  })
  cycles(@FromContext('ctx') ctx: Ctx): Promise<ImprovementCycleType[]> {
    return listCycles(ctx)
  }

  @FieldResolver(() => [PlaybookType], {
    description: 'What practices of the region share of how they got better, this one included, the newest first.',
    complexity: () => 1,
  })
  playbooks(@FromContext('ctx') ctx: Ctx): Promise<PlaybookType[]> {
    return listPlaybooks(ctx)
  }

  @FieldResolver(() => [ScoreType], { description: "This practice's scores by period, newest period first." })
  scores(@FromContext('ctx') ctx: Ctx): Promise<ScoreType[]> {
    return practiceScores(ctx)
  }

  @FieldResolver(() => [ComparisonType], { description: 'Where this practice stands: region and the other practices, unnamed.' })
  comparisons(
    @FromContext('ctx') ctx: Ctx,
    @Arg('period', () => PeriodInput, { nullable: true }) period: PeriodInput | null,
  ): Promise<Comparison[]> {
    return comparePractice(ctx, period ?? 'newest')
  }

  @FieldResolver(() => StratifiedScoreType, { nullable: true, description: "A measure by agreed strata, of this practice's own patients." })
  strata(
    @FromContext('ctx') ctx: Ctx,
    @Arg('measure', () => String) measure: string,
    @Arg('period', () => PeriodInput, { nullable: true }) period: PeriodInput | null,
  ): Promise<StratifiedScoreType | null> {
    return readPracticeStrata(ctx, { measure, period: period ?? 'newest' })
  }

  @FieldResolver(() => [AttentionGroupType], {
    description: 'Charts that most need a look today: no visit for long, worst values.',
    complexity: upTo(4),
  })
  attention(@FromContext('ctx') ctx: Ctx): Promise<AttentionGroupType[]> {
    return attentionGroups(ctx)
  }
}
