import type { Day } from '@carecommons/kernel'
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { GapExceptionType, MeasureType, PeriodType } from '#graphql/quality'
import { Needs } from '#shared/door'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'

@ObjectType('ConditionGroup', { simpleResolvers: true })
export class ConditionGroupType {
  @Field(() => String) key!: string
  @Field(() => String) title!: string
}

@ObjectType('LatestValue', { simpleResolvers: true })
export class LatestValueType {
  @Field(() => Float) value!: number
  @Field(() => String, { nullable: true }) unit!: string | null
  @Field(() => DayScalar) on!: Day
}

@ObjectType('LatestBloodPressure', { simpleResolvers: true, description: 'mm[Hg]' })
export class LatestBloodPressureType {
  @Field(() => Float) systolic!: number
  @Field(() => Float) diastolic!: number
  @Field(() => DayScalar) on!: Day
}

@ObjectType('CoveragePeriod', { simpleResolvers: true })
export class CoveragePeriodType {
  @Field(() => String, { nullable: true }) payer!: string | null
  @Field(() => Boolean) uninsured!: boolean
  @Field(() => DayScalar) start!: Day
  @Field(() => DayScalar, { nullable: true }) end!: Day | null
}

export const Sensitivity = { PART2: 'part2', BEHAVIORAL: 'behavioral' } as const
registerEnumType(Sensitivity, {
  name: 'Sensitivity',
  description: 'Label of a record under special protection: PART2 (42 CFR Part 2, substance use), BEHAVIORAL (behavioral health).',
})

@ObjectType('ReasonFact', { simpleResolvers: true, description: 'A record that decided.' })
export class ReasonFactType {
  @Field(() => String, { description: '`Type/id`' }) reference!: string
  @Field(() => String, { nullable: true, description: 'What the record calls it.' }) text!: string | null
  @Field(() => String, { nullable: true, description: 'As the source wrote it: a day, a month or a year.' }) on!: string | null
  @Field(() => String, { nullable: true }) value!: string | null
  @Field(() => String, { nullable: true }) status!: string | null
  @Field(() => Sensitivity, { nullable: true }) sensitivity!: 'part2' | 'behavioral' | null
}

@ObjectType('Problem', { simpleResolvers: true })
export class ProblemType {
  @Field(() => ID) id!: string
  @Field(() => String) text!: string
  @Field(() => String, { nullable: true }) code!: string | null
  @Field(() => String, { nullable: true }) system!: string | null
  @Field(() => String, { nullable: true }) clinicalStatus!: string | null
  @Field(() => DayScalar, { nullable: true }) onset!: Day | null
  @Field(() => DayScalar, { nullable: true }) abatement!: Day | null
  @Field(() => Sensitivity, { nullable: true }) sensitivity!: 'part2' | 'behavioral' | null
}

@ObjectType('MedicationEntry', { simpleResolvers: true })
export class MedicationEntryType {
  @Field(() => ID) id!: string
  @Field(() => String) text!: string
  @Field(() => String, { nullable: true }) status!: string | null
  @Field(() => DayScalar, { nullable: true }) authoredOn!: Day | null
  @Field(() => Sensitivity, { nullable: true }) sensitivity!: 'part2' | 'behavioral' | null
}

@ObjectType('AllergyEntry', { simpleResolvers: true })
export class AllergyEntryType {
  @Field(() => ID) id!: string
  @Field(() => String) text!: string
  @Field(() => String, { nullable: true }) criticality!: string | null
  @Field(() => DayScalar, { nullable: true }) recorded!: Day | null
  @Field(() => Sensitivity, { nullable: true }) sensitivity!: 'part2' | 'behavioral' | null
}

@ObjectType('ImmunizationEntry', { simpleResolvers: true })
export class ImmunizationEntryType {
  @Field(() => ID) id!: string
  @Field(() => String) text!: string
  @Field(() => DayScalar, { nullable: true }) on!: Day | null
  @Field(() => Sensitivity, { nullable: true }) sensitivity!: 'part2' | 'behavioral' | null
}

@ObjectType('ValuePoint', { simpleResolvers: true })
export class ValuePointType {
  @Field(() => DateTimeScalar) at!: string
  @Field(() => Float) value!: number
  @Field(() => Float, { nullable: true, description: 'Second value of a pair: diastolic.' }) second!: number | null
}

@ObjectType('ValueSeries', { simpleResolvers: true })
export class ValueSeriesType {
  @Field(() => String) key!: string
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true }) unit!: string | null
  @Field(() => [ValuePointType]) points!: ValuePointType[]
}

@ObjectType('EncounterEntry', { simpleResolvers: true })
export class EncounterEntryType {
  @Field(() => ID) id!: string
  @Field(() => String) text!: string
  @Field(() => String, { nullable: true }) class!: string | null
  @Field(() => DateTimeScalar) start!: string
  @Field(() => DateTimeScalar, { nullable: true }) end!: string | null
  @Field(() => Sensitivity, { nullable: true }) sensitivity!: 'part2' | 'behavioral' | null
}

@ObjectType('CareTeamMember', { simpleResolvers: true })
export class CareTeamMemberType {
  @Field(() => String) name!: string
  @Field(() => String, { nullable: true }) role!: string | null
}

const GapState = { OPEN: 'open', MET: 'met', EXCLUDED: 'excluded' } as const
registerEnumType(GapState, { name: 'GapState' })

@ObjectType('Gap', {
  simpleResolvers: true,
  description: 'Where a chart stands in one measure of the newest published period, with the resources that decided it.',
})
export class GapType {
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => GapState) state!: 'open' | 'met' | 'excluded'
  @Field(() => [String]) evidence!: string[]
  @Field(() => DayScalar, {
    nullable: true,
    description: 'The last day on which an open gap can still be closed; null once its period is over.',
  })
  dueOn!: Day | null
  @Field(() => [GapExceptionType], {
    description: 'What clinicians documented beside it, newest first. It changes no figure.',
    // Rarely one, and all of a page are read at once.
    complexity: () => 1,
  })
  exceptions!: readonly GapExceptionType[]
}

@ObjectType('ComingGap', { simpleResolvers: true, description: 'A gap that is closed and will open again.' })
export class ComingGapType {
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => DayScalar, {
    description:
      'The first day on which the measure, over a period of the same length that ends on it and the records of today, leaves it open.',
  })
  dueOn!: Day
}

@ObjectType('Patient', { simpleResolvers: true, description: "A practice's chart of one person." })
export class PatientType {
  @Field(() => ID) id!: string
  @Field(() => String) familyName!: string
  @Field(() => String) givenName!: string
  @Field(() => DayScalar, { nullable: true, description: 'Null when the source tells only a year or a month.' }) birthDate!: Day | null
  @Field(() => Int, { nullable: true, description: 'Completed years today, or on the day of death.' }) age!: number | null
  @Field(() => String, { nullable: true, description: 'male | female | other | unknown (FHIR administrative gender).' })
  gender!: string | null
  @Field(() => DayScalar, { nullable: true }) deceased!: Day | null
  @Needs('read', 'Identifiers')
  @Field(() => String, { nullable: true, description: "The practice's own record number." })
  recordNumber!: string | null
  @Needs('read', 'Identifiers')
  @Field(() => String, { nullable: true })
  phone!: string | null
  @Needs('read', 'Identifiers')
  @Field(() => String, { nullable: true })
  address!: string | null
  @Needs('read', 'ClinicalRecord')
  @Field(() => LatestValueType, { nullable: true })
  latestA1c!: LatestValueType | null
  @Needs('read', 'ClinicalRecord')
  @Field(() => LatestBloodPressureType, { nullable: true })
  latestBloodPressure!: LatestBloodPressureType | null
  @Needs('read', 'ClinicalRecord')
  @Field(() => LatestValueType, { nullable: true })
  latestPhq9!: LatestValueType | null
  @Field(() => DayScalar, { nullable: true }) lastVisit!: Day | null
  @Field(() => String, { nullable: true }) careManager!: string | null
  @Field(() => DayScalar, { nullable: true }) lastContact!: Day | null
  @Needs('read', 'ClinicalRecord')
  @Field(() => Int)
  openGapCount!: number
  @Field(() => String, { nullable: true }) clinician!: string | null
  @Field(() => Int) resourceCount!: number
}
