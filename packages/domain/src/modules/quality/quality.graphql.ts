import type { Day } from '@carecommons/kernel'
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { ExceptionReason } from './gap-exception.entity.ts'
import type { GapExceptionRow } from './gap-exceptions.ts'
import type { PopulationAsked, PopulationName } from './population.ts'
import type { RunStateName } from './quality.entity.ts'
import type { BrokenDownBy } from './strata.ts'

@ObjectType('Period', { simpleResolvers: true })
export class PeriodType {
  @Field(() => DayScalar) start!: Day
  @Field(() => DayScalar) end!: Day
}

@InputType()
export class PeriodInput {
  @Field(() => DayScalar) start!: Day
  @Field(() => DayScalar) end!: Day
}

export const MeasurePopulation = {
  INITIAL_POPULATION: 'initial-population',
  DENOMINATOR: 'denominator',
  DENOMINATOR_EXCLUSION: 'denominator-exclusion',
  DENOMINATOR_EXCEPTION: 'denominator-exception',
  NUMERATOR: 'numerator',
  COUNTED: 'counted',
  OPEN: 'open',
} as const
registerEnumType(MeasurePopulation, {
  name: 'MeasurePopulation',
  description: 'COUNTED: what the rate divides by. OPEN: those of them on the wrong side of it.',
})

@InputType({ description: 'The people behind one number of a published score.' })
export class PopulationInput implements PopulationAsked {
  @Field(() => String, { description: 'Id of a measure.' }) measure!: string
  @Field(() => MeasurePopulation) population!: PopulationName
  @Field(() => PeriodInput, { nullable: true, description: 'The newest published one unless told.' }) period?: PeriodInput | null
}

export const ImprovementEnum = { INCREASE: 'increase', DECREASE: 'decrease' } as const
registerEnumType(ImprovementEnum, { name: 'Improvement' })

@ObjectType('Measure', { simpleResolvers: true })
export class MeasureType {
  @Field(() => ID) id!: string
  @Field(() => String) title!: string
  @Field(() => String) description!: string
  @Field(() => ImprovementEnum, { description: 'DECREASE: a lower rate is better.' }) improvement!: 'increase' | 'decrease'
  @Field(() => String) version!: string
  @Field(() => String, { description: 'sha256 of the measure package that computes it.' }) packageHash!: string
}

@ObjectType('Interval', { simpleResolvers: true })
export class IntervalType {
  @Field(() => Float) low!: number
  @Field(() => Float) high!: number
}

@ObjectType('Score', {
  simpleResolvers: true,
  description:
    'Counts of each population and the rate numerator / (denominator - exclusions - exceptions) with its 95 % Wilson interval. ' +
    "Of a measure with several groups, the first: the measure's headline.",
})
export class ScoreType {
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => Int) initialPopulation!: number
  @Field(() => Int) denominator!: number
  @Field(() => Int) denominatorExclusion!: number
  @Field(() => Int) denominatorException!: number
  @Field(() => Int) numerator!: number
  @Field(() => Float, { nullable: true }) rate!: number | null
  @Field(() => IntervalType, { nullable: true }) interval!: IntervalType | null
  @Field(() => Float, {
    nullable: true,
    description: 'The rate agreed on for the period, to be reached, or not to be passed where lower is better. Null: none.',
  })
  target!: number | null
  @Field(() => Int, {
    nullable: true,
    description:
      'How many of the denominator have a record in the period of what the measure looks for: a low share says that data are missing. ' +
      'Null: scored before this was counted.',
  })
  recorded!: number | null
  @Field(() => DayScalar, { nullable: true, description: 'Day of the newest of these records.' }) recordedUntil!: Day | null
}

const StratumDimension = { AGE: 'age', SEX: 'sex', ZIP3: 'zip3', STRATIFIER: 'stratifier' } as const satisfies Record<string, BrokenDownBy>
registerEnumType(StratumDimension, {
  name: 'StratumDimension',
  description:
    'AGE: on the last day of the period. SEX: the administrative one. ZIP3: first three digits of the postal code. STRATIFIER: as the measure itself divides people.',
})

@ObjectType('Stratum', {
  simpleResolvers: true,
  description: 'People of one stratum. Counts are null where they would tell of 1 to 10 people.',
})
export class StratumType {
  @Field(() => String, {
    nullable: true,
    description:
      'Ages as 18-64 or 65+, an administrative gender, three digits (000: areas of few people), a value of a stratifier (true: its criteria are met, none: ' +
      'in none of its strata), or unknown. Null: areas or values that are not named.',
  })
  stratum!: string | null
  @Field(() => Int, { nullable: true, description: 'What the rate divides by.' }) counted!: number | null
  @Field(() => Int, { nullable: true }) numerator!: number | null
  @Field(() => Float, { nullable: true }) rate!: number | null
  @Field(() => IntervalType, { nullable: true, description: '95 % Wilson interval.' }) interval!: IntervalType | null
  @Field(() => Int, { nullable: true }) initialPopulation!: number | null
  @Field(() => Int, { nullable: true }) denominator!: number | null
  @Field(() => Int, { nullable: true }) denominatorExclusion!: number | null
  @Field(() => Int, { nullable: true }) denominatorException!: number | null
}

@ObjectType('Breakdown', { simpleResolvers: true, description: 'Everybody counted, in one stratum each.' })
export class BreakdownType {
  @Field(() => StratumDimension) dimension!: BrokenDownBy
  @Field(() => String, { nullable: true, description: "Id of the measure's own stratifier." }) stratifier!: string | null
  @Field(() => [StratumType], { complexity: () => 1 }) strata!: StratumType[]
}

@ObjectType('StratifiedScore', {
  simpleResolvers: true,
  description: 'A score, and the same by the strata that were agreed on for its year.',
})
export class StratifiedScoreType {
  @Field(() => ScoreType) whole!: ScoreType
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the run was finished that the figures are of; null: they follow the records.',
  })
  figuresAt!: string | null
  // Some dozens of rows of one read, with nothing to resolve beneath.
  @Field(() => [BreakdownType], { complexity: () => 50 }) breakdowns!: BreakdownType[]
}

@ObjectType('RegionRate', {
  simpleResolvers: true,
  description: 'In whole percent, the interval out to the next five, and without counts: nothing to subtract from.',
})
export class RegionRateType {
  @Field(() => Float) rate!: number
  @Field(() => IntervalType, { description: '95 % interval.' }) interval!: IntervalType
}

@ObjectType('MonthPoint', {
  simpleResolvers: true,
  description: 'The twelve months that ended with a month, by the records of today. Neighbours share eleven months.',
})
export class MonthPointType {
  @Field(() => DayScalar) start!: Day
  @Field(() => DayScalar, { description: 'The last day of the month.' }) end!: Day
  @Field(() => Int, { description: 'What the rate divides by.' }) counted!: number
  @Field(() => Int) numerator!: number
  @Field(() => Float, { nullable: true }) rate!: number | null
  @Field(() => IntervalType, { nullable: true, description: '95 % Wilson interval.' }) interval!: IntervalType | null
  @Field(() => Int, {
    nullable: true,
    description: 'Gaps open at the beginning of the month, of people counted at its end, too. Null: the month before is not known.',
  })
  openBefore!: number | null
  @Field(() => Int, { nullable: true, description: 'Those of them closed at its end. Months share none.' }) closed!: number | null
}

@ObjectType('MeasureMonths', { simpleResolvers: true })
export class MeasureMonthsType {
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => [MonthPointType], {
    complexity: () => 1,
    description: 'Up to 25, the oldest first; none that begins before there are records.',
  })
  points!: MonthPointType[]
}

@ObjectType('PracticeMonths', {
  simpleResolvers: true,
  description: 'A practice month by month, by the measures in force when it was worked out.',
})
export class PracticeMonthsType {
  @Field(() => String, { description: 'Name and version.' }) engine!: string
  @Field(() => String, { description: 'What the data stood at; nothing later counts.' }) watermark!: string
  @Field(() => DateTimeScalar) workedOutAt!: string
  @Field(() => [MeasureMonthsType], { complexity: () => 1 }) measures!: MeasureMonthsType[]
}

const RunState = { QUEUED: 'queued', EVALUATING: 'evaluating', SCORING: 'scoring', PUBLISHED: 'published', FAILED: 'failed' } as const
registerEnumType(RunState, { name: 'RunState' })

@ObjectType('MetricRun', { simpleResolvers: true })
export class MetricRunType {
  @Field(() => ID) id!: string
  @Field(() => RunState) state!: RunStateName
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => DateTimeScalar) requestedAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) startedAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) finishedAt!: string | null
  @Field(() => Int, { description: 'Charts evaluated so far.' }) chartsDone!: number
  @Field(() => Int, { description: 'Charts in all; 0 until the run is planned.' }) chartsTotal!: number
  @Field(() => Int) chunksDone!: number
  @Field(() => Int) chunksTotal!: number
  @Field(() => String, { nullable: true, description: 'Why it failed, in words, with an id to quote.' }) failure!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'The data watermark the run reads: nothing later counts. Null until the run is planned.',
  })
  watermark!: string | null
  @Field(() => [MeasureType]) measures!: MeasureType[]
}

export const ExceptionReasonEnum = {
  CONTRAINDICATED: 'contraindicated',
  LIMITED_LIFE: 'limited-life',
  DECLINED: 'declined',
  DONE_ELSEWHERE: 'done-elsewhere',
  NOT_AVAILABLE: 'not-available',
  LEFT_PRACTICE: 'left-practice',
} as const satisfies Record<string, ExceptionReason>
registerEnumType(ExceptionReasonEnum, { name: 'ExceptionReason' })

@ObjectType('GapException', {
  simpleResolvers: true,
  description: 'Why a gap need not or cannot be closed. It changes no figure.',
})
export class GapExceptionType implements Omit<GapExceptionRow, 'patientId' | 'measureId'> {
  @Field(() => ID) id!: string
  @Field(() => ExceptionReasonEnum) reason!: ExceptionReason
  @Field(() => String) words!: string
  @Field(() => DayScalar, { description: 'The last day.' }) expiresOn!: Day
  @Field(() => String) recordedBy!: string
  @Field(() => DateTimeScalar) recordedAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) endedAt!: string | null
  @Field(() => String, { nullable: true }) endedBy!: string | null
  @Field(() => Boolean, { description: 'Neither withdrawn nor past its last day.' }) live!: boolean
}
