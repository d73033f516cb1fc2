import { Field, ObjectType } from 'type-graphql'
import { upTo } from '#shared/up-to'
import { MeasureType, PeriodType } from './quality.graphql.ts'

@ObjectType('ValueSetVersion', { simpleResolvers: true })
export class ValueSetVersionType {
  @Field(() => String) url!: string
  @Field(() => String, { description: 'sha256 of its canonical JSON.' }) hash!: string
}

@ObjectType('MeasureLineage', { simpleResolvers: true })
export class MeasureLineageType {
  @Field(() => MeasureType, { description: 'With the hash of its package.' }) measure!: MeasureType
  @Field(() => [ValueSetVersionType], { complexity: upTo(30), description: 'By url.' }) valueSets!: ValueSetVersionType[]
}

@ObjectType('Lineage', { simpleResolvers: true, description: 'What published scores were computed with, and from which data.' })
export class LineageType {
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => String, { nullable: true, description: 'Name and version.' }) engine!: string | null
  @Field(() => String, { nullable: true, description: 'What the data stood at; nothing later counts.' }) watermark!: string | null
  @Field(() => [MeasureLineageType], { complexity: upTo(15) }) measures!: MeasureLineageType[]
}
