import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { connectionOf } from '#shared/connection.graphql'
import { PageInfoType } from '#shared/connection.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { Day } from '@carecommons/kernel'

@InputType('AuditFilter', { description: 'Days are those of the region, both inclusive.' })
export class AuditFilterInput {
  @Field(() => ID, { nullable: true }) practiceId!: string | null
  @Field(() => ID, { nullable: true }) patientId!: string | null
  @Field(() => ID, { nullable: true, description: 'Who looked.' }) userId!: string | null
  @Field(() => String, { nullable: true }) action!: string | null
  @Field(() => String, { nullable: true }) subject!: string | null
  @Field(() => String, { nullable: true, description: 'allowed, denied or not-found.' }) outcome!: string | null
  @Field(() => String, { nullable: true }) purpose!: string | null
  @Field(() => DayScalar, { nullable: true }) from!: Day | null
  @Field(() => DayScalar, { nullable: true }) to!: Day | null
}

@ObjectType('AuditActor', { simpleResolvers: true, description: 'Who did it: a person under a membership, or a job.' })
export class AuditActorType {
  @Field(() => ID, { nullable: true }) userId!: string | null
  @Field(() => String, { nullable: true, description: 'Null for readers who see ids only, and for jobs.' }) name!: string | null
  @Field(() => ID, { nullable: true }) membershipId!: string | null
  @Field(() => String, { nullable: true }) role!: string | null
  @Field(() => String, { nullable: true, description: 'The role in words.' }) title!: string | null
  @Field(() => OrganizationType, { nullable: true }) organization!: OrganizationType | null
}

@ObjectType('AuditChart', { simpleResolvers: true })
export class AuditChartType {
  @Field(() => ID) id!: string
  @Field(() => String, { nullable: true }) name!: string | null
}

@ObjectType('AuditEvent', { simpleResolvers: true })
export class AuditEventType {
  @Field(() => ID) id!: string
  @Field(() => DateTimeScalar) at!: string
  @Field(() => AuditActorType) actor!: AuditActorType
  @Field(() => String) purpose!: string
  @Field(() => OrganizationType, { nullable: true, description: 'Whose records.' }) practice!: OrganizationType | null
  @Field(() => String) action!: string
  @Field(() => String) subject!: string
  @Field(() => [ID], { description: 'Ids of what it was about, never a value.' }) subjectIds!: string[]
  @Field(() => String, { description: 'allowed, denied, or not-found: asked for what is not there for them.' }) outcome!: string
  @Field(() => ID, { description: 'What the rows of one request have in common.' }) correlationId!: string
}

@ObjectType('AuditEdge', { simpleResolvers: true })
export class AuditEdgeType {
  @Field(() => String) cursor!: string
  @Field(() => AuditEventType) node!: AuditEventType
}

@ObjectType('AuditConnection', { simpleResolvers: true })
export class AuditConnectionType {
  @Field(() => [AuditEdgeType]) edges!: AuditEdgeType[]
  @Field(() => PageInfoType) pageInfo!: PageInfoType
}

@ObjectType('AuditSummary', { simpleResolvers: true })
export class AuditSummaryType {
  @Field(() => Int, { description: 'People who looked at charts.' }) people!: number
  @Field(() => Int, { description: 'Charts that were looked at.' }) charts!: number
  @Field(() => Int, { description: 'People who were refused something.' }) refused!: number
  @Field(() => Int, { description: 'Looks in an emergency.' }) emergencies!: number
  @Field(() => Int) events!: number
}

@ObjectType('ChartLook', {
  simpleResolvers: true,
  description: 'What one person did with a chart for one purpose, each within a minute of the one before.',
})
export class ChartLookType {
  @Field(() => ID, { description: 'Of its newest row.' }) id!: string
  @Field(() => AuditActorType) actor!: AuditActorType
  @Field(() => String) purpose!: string
  @Field(() => DateTimeScalar) from!: string
  @Field(() => DateTimeScalar) until!: string
  @Field(() => [String], { description: 'Kinds of record.' }) subjects!: string[]
  @Field(() => Int, { description: 'Rows of the audit behind it.' }) times!: number
}

@ObjectType('Disclosure', {
  simpleResolvers: true,
  description: 'To whom a record was disclosed, what of it, why and when (45 CFR 164.528; 42 CFR 2.25).',
})
export class DisclosureType {
  @Field(() => ID) id!: string
  @Field(() => DateTimeScalar) at!: string
  @Field(() => AuditActorType) to!: AuditActorType
  @Field(() => String, { description: 'Kind of record.' }) what!: string
  @Field(() => String) why!: string
}

@ObjectType('AuditChain', { simpleResolvers: true })
export class AuditChainType {
  @Field(() => OrganizationType, { nullable: true, description: 'Null for rows of no practice.' }) practice!: OrganizationType | null
  @Field(() => Int) sealed!: number
  @Field(() => Int, { description: 'Rows that bear no seal yet.' }) waiting!: number
  @Field(() => DateTimeScalar, { nullable: true }) sealedUntil!: string | null
}

@ObjectType('RecordReader', { simpleResolvers: true, description: 'Who could look at the charts of a practice, and by which rule.' })
export class RecordReaderType {
  @Field(() => AuditActorType) actor!: AuditActorType
  @Field(() => String, { description: 'membership, assignment or cover.' }) basis!: string
  @Field(() => DayScalar) from!: Day
  @Field(() => DayScalar, { nullable: true }) until!: Day | null
  @Field(() => [String], { description: 'Kinds of record that the role opens.' }) opens!: string[]
}

export const RecordReaderConnectionType = connectionOf('RecordReader', RecordReaderType)
