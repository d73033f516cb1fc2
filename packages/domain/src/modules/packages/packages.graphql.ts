import type { Day } from '@carecommons/kernel'
import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { isRefusal } from '@carecommons/kernel'
import { ImprovementEnum } from '#graphql/quality'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { WorkState } from './packages.entity.ts'

export const WorkStateEnum = { QUEUED: 'queued', RUNNING: 'running', DONE: 'done', FAILED: 'failed' } as const
registerEnumType(WorkStateEnum, { name: 'WorkState' })
const CaseVerdict = { FAILED: 'failed', UNDECIDED: 'undecided' } as const
registerEnumType(CaseVerdict, { name: 'CaseVerdict', description: 'UNDECIDED: what the case expects is itself in doubt.' })

@ObjectType('MeasurePackage', { simpleResolvers: true, description: 'A version of a measure as it was loaded; it never changes.' })
export class MeasurePackageType {
  @Field(() => String, { description: 'sha256 over the canonical bundle.' }) hash!: string
  @Field(() => String) measureId!: string
  @Field(() => String) version!: string
  @Field(() => String) title!: string
  @Field(() => ImprovementEnum, { description: 'Which way is better, as agreed; until then as the package says.' })
  improvement!: 'increase' | 'decrease'
  @Field(() => DateTimeScalar) loadedAt!: string
  @Field(() => String, { nullable: true, description: 'Null: it ships with the product.' }) loadedBy!: string | null
  @Field(() => Boolean, { description: 'Whether a run computed with it.' }) isComputed!: boolean
}

@ObjectType('MeasureTerm', {
  simpleResolvers: true,
  description: 'What was agreed on for whole years: of several that cover a year the latest counts.',
})
export class MeasureTermType {
  @Field(() => ID) id!: string
  @Field(() => String) measureId!: string
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true, description: 'Null: the measure is retired.' }) packageHash!: string | null
  @Field(() => String, { nullable: true }) version!: string | null
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'Null: until something else is agreed on.' }) endsOn!: Day | null
  @Field(() => String, { nullable: true, description: 'Null: it ships with the product.' }) agreedBy!: string | null
  @Field(() => String) agreedWith!: string
  @Field(() => Float, { nullable: true, description: 'The rate agreed on, 0 to 1; the latest row that covers a year has it.' })
  target!: number | null
  @Field(() => DateTimeScalar) agreedAt!: string
}

@ObjectType('PackageProblem', { simpleResolvers: true })
export class PackageProblemType {
  @Field(() => String, { description: "What it is about: the Measure, a library, a value set's url." }) subject!: string
  @Field(() => String) message!: string
}

@ObjectType('LogicLine', { simpleResolvers: true })
export class LogicLineType {
  @Field(() => Int, { description: 'A deeper line is part of the one above it.' }) depth!: number
  @Field(() => String) words!: string
}

@ObjectType('PackagePopulation', { simpleResolvers: true })
export class PackagePopulationType {
  @Field(() => String) code!: string
  @Field(() => String) definition!: string
  @Field(() => [LogicLineType]) logic!: readonly LogicLineType[]
}

@ObjectType('PackageObservation', { simpleResolvers: true })
export class PackageObservationType {
  @Field(() => String) definition!: string
  @Field(() => String) aggregate!: string
  @Field(() => String) over!: string
}

@ObjectType('PackageStratifier', { simpleResolvers: true })
export class PackageStratifierType {
  @Field(() => ID) id!: string
  @Field(() => [String]) definitions!: readonly string[]
}

@ObjectType('PackageGroup', { simpleResolvers: true })
export class PackageGroupType {
  @Field(() => ID) id!: string
  @Field(() => String) scoring!: string
  @Field(() => String, { description: '`boolean` counts people, a resource type counts those.' }) basis!: string
  @Field(() => ImprovementEnum, { nullable: true, description: 'What the package says of itself; published ones have it wrong at times.' })
  improvementNotation!: 'increase' | 'decrease' | null
  @Field(() => [PackagePopulationType]) populations!: readonly PackagePopulationType[]
  @Field(() => [PackageObservationType]) observations!: readonly PackageObservationType[]
  @Field(() => [PackageStratifierType]) stratifiers!: readonly PackageStratifierType[]
}

@ObjectType('PackageLibrary', { simpleResolvers: true })
export class PackageLibraryType {
  @Field(() => String) name!: string
  @Field(() => String) version!: string
  @Field(() => String) hash!: string
}

@ObjectType('PackageValueSet', { simpleResolvers: true })
export class PackageValueSetType {
  @Field(() => String) url!: string
  @Field(() => String) title!: string
  @Field(() => Int) codes!: number
  @Field(() => String) hash!: string
  @Field(() => String, { nullable: true, description: 'Why its codes cannot be relied on: cut off, or defined by a rule.' }) note!:
    string | null
}

@ObjectType('PackageRequirement', { simpleResolvers: true })
export class PackageRequirementType {
  @Field(() => String) type!: string
  @Field(() => String, { nullable: true, description: 'The element that carries the code.' }) path!: string | null
  @Field(() => Int, { nullable: true, description: 'How many codes; null: all of the type.' }) codes!: number | null
  @Field(() => [String], { description: 'Titles of the value sets that have just these codes.' }) valueSets!: readonly string[]
  @Field(() => Boolean, { description: 'A claimed profile is as good as a code.' }) orProfile!: boolean
  @Field(() => String, { nullable: true, description: 'Dates that can matter; null: any.' }) dates!: string | null
  @Field(() => [String]) elements!: readonly string[]
}

@ObjectType('PackagePage', { simpleResolvers: true, description: 'What people read of a package before they agree on it.' })
export class PackagePageType {
  @Field(() => MeasurePackageType) package!: MeasurePackageType
  @Field(() => String) name!: string
  @Field(() => String) url!: string
  @Field(() => String) description!: string
  @Field(() => String) publisher!: string
  @Field(() => String) copyright!: string
  @Field(() => String) disclaimer!: string
  @Field(() => [PackageGroupType]) groups!: readonly PackageGroupType[]
  @Field(() => [PackageLibraryType]) libraries!: readonly PackageLibraryType[]
  @Field(() => [PackageValueSetType]) valueSets!: readonly PackageValueSetType[]
  @Field(() => [String]) supplementalData!: readonly string[]
  @Field(() => [PackageRequirementType]) requirements!: readonly PackageRequirementType[]
  @Field(() => String, { nullable: true, description: "CQL of the measure's own library, where the package brings it." }) cql!:
    string | null
  @Field(() => [PackageProblemType]) warnings!: readonly PackageProblemType[]
}

@ObjectType('DeckDifference', { simpleResolvers: true })
export class DeckDifferenceType {
  @Field(() => String) group!: string
  @Field(() => String, { nullable: true }) stratum!: string | null
  @Field(() => String) population!: string
  @Field(() => Int) expected!: number
  @Field(() => Int, { nullable: true, description: 'Null: the measure has no such population.' }) got!: number | null
}

@ObjectType('DeckEvidence', { simpleResolvers: true, description: 'A definition that held, and what it returned.' })
export class DeckEvidenceType {
  @Field(() => String) group!: string
  @Field(() => String) definition!: string
  @Field(() => [String]) resources!: readonly string[]
}

@ObjectType('DeckOutcome', { simpleResolvers: true, description: 'A case that did not pass.' })
export class DeckOutcomeType {
  @Field(() => String) id!: string
  @Field(() => String) title!: string
  @Field(() => CaseVerdict) verdict!: 'failed' | 'undecided'
  @Field(() => String, { nullable: true, description: 'Why it could not be evaluated.' }) problem!: string | null
  @Field(() => [String], { description: 'What others say of what it expects.' }) doubts!: readonly string[]
  @Field(() => [DeckDifferenceType]) differences!: readonly DeckDifferenceType[]
  @Field(() => [DeckEvidenceType]) evidence!: readonly DeckEvidenceType[]
}

@ObjectType('DeckCheck', { simpleResolvers: true, description: 'A deck of test cases run against a package.' })
export class DeckCheckType {
  @Field(() => ID) id!: string
  @Field(() => String) packageHash!: string
  @Field(() => String) name!: string
  @Field(() => WorkStateEnum) state!: WorkState
  @Field(() => Int, { nullable: true }) casesTotal!: number | null
  @Field(() => Int) casesDone!: number
  @Field(() => Int) passed!: number
  @Field(() => Int) failed!: number
  @Field(() => Int) undecided!: number
  @Field(() => String) requestedBy!: string
  @Field(() => DateTimeScalar) requestedAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) finishedAt!: string | null
  @Field(() => String, { nullable: true, description: 'Why it could not be run.' }) failure!: string | null
  @Field(() => [DeckOutcomeType], { nullable: true, description: 'Cases that did not pass, 200 at most; null until it is done.' })
  outcomes!: readonly DeckOutcomeType[] | null
}

@InputType()
export class ActivateMeasureInput {
  @Field(() => String) packageHash!: string
  @Field(() => DayScalar, { description: '1 January of the first year.' }) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: '31 December of the last year; null: until something else is agreed on.' })
  endsOn?: Day | null
  @Field(() => ImprovementEnum) improvement!: 'increase' | 'decrease'
  @Field(() => String, { description: 'With whom it was agreed.' }) agreedWith!: string
  @Field(() => Float, {
    nullable: true,
    description: 'The rate to be reached, or not to be passed where lower is better: more than 0, less than 1. Null: none.',
  })
  target?: number | null
  @Field(() => String) idempotencyKey!: string
}

@InputType()
export class RetireMeasureInput {
  @Field(() => String) measureId!: string
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true }) endsOn?: Day | null
  @Field(() => String) agreedWith!: string
  @Field(() => String) idempotencyKey!: string
}

export const MeasureTermResult = createUnionType({
  name: 'MeasureTermResult',
  types: () => [MeasureTermType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'MeasureTerm'),
})

@ObjectType('StrataTerm', {
  simpleResolvers: true,
  description: 'By what figures of whole years are broken down: of several terms that cover a year the latest counts.',
})
export class StrataTermType {
  @Field(() => ID) id!: string
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'Null: until something else is agreed on.' }) endsOn!: Day | null
  @Field(() => [Int], {
    nullable: true,
    description: 'The first age of each band but the lowest, on the last day of the period. Null: not by age.',
  })
  ageBounds!: readonly number[] | null
  @Field(() => Boolean, { description: 'By administrative sex.' }) bySex!: boolean
  @Field(() => Boolean, { description: 'By the first three digits of the postal code; areas of 20,000 people or fewer are one, 000.' })
  byZip3!: boolean
  @Field(() => String, { nullable: true, description: 'Null: it ships with the product.' }) agreedBy!: string | null
  @Field(() => String) agreedWith!: string
  @Field(() => DateTimeScalar) agreedAt!: string
}

@InputType()
export class AgreeOnStrataInput {
  @Field(() => DayScalar, { description: '1 January of the first year.' }) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: '31 December of the last year; null: until something else is agreed on.' })
  endsOn?: Day | null
  @Field(() => [Int], {
    nullable: true,
    description: 'The first age of each band but the lowest: 1 to 9 whole ages from 1 to 120, ascending. Null: not by age.',
  })
  ageBounds?: readonly number[] | null
  @Field(() => Boolean, { description: 'By administrative sex.' }) bySex!: boolean
  @Field(() => Boolean, { description: 'By the first three digits of the postal code.' }) byZip3!: boolean
  @Field(() => String, { description: 'With whom it was agreed.' }) agreedWith!: string
  @Field(() => String) idempotencyKey!: string
}

export const StrataTermResult = createUnionType({
  name: 'StrataTermResult',
  types: () => [StrataTermType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'StrataTerm'),
})
