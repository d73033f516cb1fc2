import { Field, ID, Int, ObjectType } from 'type-graphql'
import { ReasonFactType } from '#graphql/patient'
import { upTo } from '#shared/up-to'
import { MeasureType, PeriodType } from './quality.graphql.ts'

@ObjectType('ReasonMention', { simpleResolvers: true, description: 'A record that a line names.' })
export class ReasonMentionType {
  @Field(() => String, { description: 'The words of the line that stand for it.' }) text!: string
  @Field(() => String, { description: '`Type/id`' }) reference!: string
}

@ObjectType('ReasonLine', { simpleResolvers: true, description: "A clause of the measure's logic and what it gave for this chart." })
export class ReasonLineType {
  @Field(() => Int, { description: 'How deep it stands: a clause is made of the deeper ones that follow it.' }) depth!: number
  @Field(() => String) question!: string
  @Field(() => String) answer!: string
  @Field(() => Boolean, { nullable: true, description: 'Null where the answer is a value.' }) holds!: boolean | null
  @Field(() => [ReasonMentionType], { description: 'In the order of the words.', complexity: () => 1 }) mentions!: ReasonMentionType[]
}

@ObjectType('ReasonPopulation', { simpleResolvers: true })
export class ReasonPopulationType {
  @Field(() => String, { description: "The measure's own name of the group." }) group!: string
  @Field(() => String, { description: "Code of FHIR's measure-population." }) population!: string
  @Field(() => Int) count!: number
  @Field(() => [ReasonLineType], { complexity: upTo(10) }) lines!: ReasonLineType[]
}

@ObjectType('Reason', {
  simpleResolvers: true,
  description: 'Why a chart stands where it stands in a measure: the logic of the version that computed it over the records of then.',
})
export class ReasonType {
  @Field(() => ID) patientId!: string
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => String, { nullable: true, description: 'What the data stood at; nothing later counts.' }) watermark!: string | null
  @Field(() => [ReasonFactType], { description: 'The records that decided.', complexity: upTo(10) }) facts!: ReasonFactType[]
  @Field(() => [ReasonFactType], { description: 'Other records that lines name.', complexity: upTo(10) }) mentioned!: ReasonFactType[]
  @Field(() => [ReasonPopulationType], { description: 'Empty where the logic is not on file.', complexity: upTo(6) })
  populations!: ReasonPopulationType[]
}
