import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { DisciplineEnum } from '#graphql/workforce'
import type { Discipline } from '#modules/workforce'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { AssignLead, CaseJudged, CaseOutcome, CaseSeen, LeadAssigned, LeadNotAssigned } from './assign-lead.ts'
import type { CaseloadLimit, CaseloadRules, CaseRuleRow } from './case-rules.ts'
import type { CareProgram, CaseEnd } from './caseload.entity.ts'
import type { CaseClosed, CloseCase } from './close-case.ts'
import type { CasesOpened, OpenCases } from './open-cases.ts'
import type { LeadFitness, LeadLoad } from './read-balance.ts'
import type { CaseRow } from './read-caseload.ts'

const CareProgramEnum = { CARE_MANAGEMENT: 'care-management' } as const
registerEnumType(CareProgramEnum, { name: 'CareProgram' })
export const CaseloadPartEnum = { UNASSIGNED: 'unassigned', NO_OWNER: 'no-owner', DUE: 'due', TEAM: 'team' } as const
registerEnumType(CaseloadPartEnum, {
  name: 'CaseloadPart',
  description:
    'UNASSIGNED: nobody leads them. NO_OWNER: nobody looks after them now. DUE: within a week. TEAM: led by those whom you supervise.',
})
const CaseEndEnum = { GOALS_MET: 'goals-met', DECLINED: 'declined', MOVED: 'moved', DIED: 'died', OTHER: 'other' } as const
registerEnumType(CaseEndEnum, { name: 'CaseEnd' })
const CaseOutcomeEnum = {
  READY: 'ready',
  MISSING: 'missing',
  CLOSED: 'closed',
  CHANGED: 'changed',
  NOT_ASSIGNED: 'not-assigned',
  NOT_PERMITTED: 'not-permitted',
  LICENSE_MISSING: 'license-missing',
  LICENSE_EXPIRED: 'license-expired',
  LED_ELSEWHERE: 'led-elsewhere',
} as const satisfies Record<string, CaseOutcome>
registerEnumType(CaseOutcomeEnum, {
  name: 'CaseOutcome',
  description: 'NOT_ASSIGNED: the lead does not work for the practice. LED_ELSEWHERE: the person has a lead in the region.',
})

const LeadFitnessEnum = {
  READY: 'ready',
  NOT_PERMITTED: 'not-permitted',
  LICENSE_MISSING: 'license-missing',
  LICENSE_EXPIRED: 'license-expired',
} as const satisfies Record<string, LeadFitness>
registerEnumType(LeadFitnessEnum, { name: 'LeadFitness' })

@ObjectType('CaseHandle', { description: 'A case without whose it is: a handle, a weight and a day. What a change answers with.' })
class CaseHandleType implements CaseRow {
  @Field(() => ID) id!: string
  @Field(() => OrganizationType) practice!: OrganizationType
  @Field(() => CareProgramEnum) program!: CareProgram
  @Field(() => Int, { description: 'Weight in a caseload, by tier.' }) points!: number
  @Field(() => DayScalar, { description: 'By when somebody has to have been in touch.' }) dueOn!: Day
  @Field(() => ID, { nullable: true, description: "The lead care manager's membership." }) leadId!: string | null
  @Field(() => String, { nullable: true }) leadName!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) leadSince!: string | null
  @Field(() => String, { nullable: true, description: 'Who looks after them now: the lead or, while she is away, whoever covers.' })
  owner!: string | null
  @Field(() => Boolean, { description: 'The owner covers for the lead.' }) isCovered!: boolean
  @Field(() => DayScalar) openedOn!: Day
  @Field(() => Int, { description: 'Goes up with every change; a change names the one that was seen.' }) version!: number
}

@ObjectType('CareCase', {
  description: "A person's place in a program of shared care management: for whoever allocates care managers a handle, a weight and a day.",
})
export class CareCaseType extends CaseHandleType {}

export const CareCaseConnectionType = connectionOf('CareCase', CareCaseType)

@ObjectType('LeadLoad', { simpleResolvers: true, description: 'What one care manager carries; of nobody, what waits.' })
export class LeadLoadType implements LeadLoad {
  @Field(() => ID, { nullable: true }) leadId!: string | null
  @Field(() => String, { nullable: true }) leadName!: string | null
  @Field(() => DisciplineEnum, { nullable: true }) discipline!: Discipline | null
  @Field(() => ID, { nullable: true, description: 'Of the membership. Practices are not told.' }) supervisorId!: string | null
  @Field(() => Int, { nullable: true, description: 'Practices are not told.' }) ftePercent!: number | null
  @Field(() => Boolean, { nullable: true, description: 'On leave now. Practices are not told.' }) isAway!: boolean | null
  @Field(() => LeadFitnessEnum, { nullable: true, description: 'Whether they may lead anybody new. Practices are not told.' })
  fitness!: LeadFitness | null
  @Field(() => [ID], { description: 'Where they work now, of the practices in your reach.' }) practiceIds!: string[]
  @Field(() => Int) cases!: number
  @Field(() => Int) points!: number
  @Field(() => Int) overdue!: number
  @Field(() => Int, { description: 'Whom nobody looks after now.' }) unowned!: number
  @Field(() => Int, {
    nullable: true,
    description: 'With these people in the last thirty days, as far as records tell, whoever made them. The practice alone is told.',
  })
  contacts!: number | null
  @Field(() => Int, { nullable: true, description: 'With how many of them. The practice alone is told.' }) reached!: number | null
  @Field(() => Int, { nullable: true, description: 'Gaps that are open among them. The practice alone is told.' }) openGaps!: number | null
  @Field(() => DayScalar, { nullable: true, description: 'The newest day on their charts. The practice alone is told.' })
  dataThrough!: Day | null
}

@ObjectType('CaseRule', { simpleResolvers: true, description: 'What a person of a tier of risk weighs, since a day.' })
class CaseRuleType implements CaseRuleRow {
  @Field(() => Int) tier!: number
  @Field(() => DayScalar) since!: Day
  @Field(() => Int) points!: number
  @Field(() => Int, { description: 'Days that may pass between contacts.' }) contactDays!: number
  @Field(() => String) source!: string
}

@ObjectType('CaseloadLimit', { simpleResolvers: true })
class CaseloadLimitType implements CaseloadLimit {
  @Field(() => DayScalar) since!: Day
  @Field(() => Int) most!: number
  @Field(() => String) source!: string
}

@ObjectType('CaseloadRules', { simpleResolvers: true, description: 'By what caseloads are weighed today.' })
export class CaseloadRulesType implements CaseloadRules {
  @Field(() => [CaseRuleType]) tiers!: CaseRuleType[]
  @Field(() => CaseloadLimitType, { description: 'Points that somebody who works full time carries.' }) fullTimePoints!: CaseloadLimitType
  @Field(() => CaseloadLimitType, { description: 'People whom one person supervises.' }) span!: CaseloadLimitType
}

@InputType()
export class OpenCasesInput implements OpenCases {
  @Field(() => [ID], { description: '1 to 200.' }) patientIds!: string[]
  @Field(() => CareProgramEnum, { nullable: true, defaultValue: CareProgramEnum.CARE_MANAGEMENT }) program!: CareProgram
}

@InputType()
export class CaseSeenInput implements CaseSeen {
  @Field(() => ID) id!: string
  @Field(() => Int, { description: 'The version that was seen.' }) version!: number
}

@InputType()
export class AssignLeadInput implements AssignLead {
  @Field(() => [CaseSeenInput], { description: '1 to 500.' }) cases!: CaseSeenInput[]
  @Field(() => ID, { nullable: true, description: "A care manager's membership; null: nobody leads them." }) leadId!: string | null
}

@InputType()
export class CloseCaseInput implements CloseCase {
  @Field(() => ID) id!: string
  @Field(() => Int) version!: number
  @Field(() => CaseEndEnum) as!: CaseEnd
}

@ObjectType('CasesOpened', { simpleResolvers: true })
class CasesOpenedType implements CasesOpened {
  @Field(() => Int) opened!: number
  @Field(() => Int, { description: 'Who was in the program already.' }) already!: number
  @Field(() => [CaseHandleType], { description: 'All of them, as they stand.' }) cases!: CaseHandleType[]
}

@ObjectType('CaseJudged', { simpleResolvers: true })
class CaseJudgedType implements CaseJudged {
  @Field(() => ID) id!: string
  @Field(() => CaseOutcomeEnum) outcome!: CaseOutcome
}

@ObjectType('LeadPreview', { simpleResolvers: true })
class LeadPreviewType {
  @Field(() => [CaseJudgedType]) judged!: CaseJudged[]
}

@ObjectType('LeadAssigned')
class LeadAssignedType implements LeadAssigned {
  kind!: 'LeadAssigned'
  @Field(() => [CaseHandleType]) cases!: CaseHandleType[]
}

@ObjectType('LeadNotAssigned', { description: 'Nothing was moved.' })
class LeadNotAssignedType implements LeadNotAssigned {
  kind!: 'LeadNotAssigned'
  @Field(() => String) message!: string
  @Field(() => [CaseJudgedType]) judged!: CaseJudged[]
  @Field(() => [CaseHandleType], { description: 'Those that changed since they were seen, as they are.' }) now!: CaseHandleType[]
}

@ObjectType('CaseClosed', { simpleResolvers: true })
class CaseClosedType implements CaseClosed {
  @Field(() => ID) id!: string
  @Field(() => CaseEndEnum) closedAs!: CaseEnd
}

export const CasesOpenedResult = createUnionType({
  name: 'CasesOpenedResult',
  types: () => [CasesOpenedType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'CasesOpened'),
})
export const LeadPreviewResult = createUnionType({
  name: 'LeadPreviewResult',
  types: () => [LeadPreviewType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'LeadPreview'),
})
export const LeadAssignedResult = createUnionType({
  name: 'LeadAssignedResult',
  types: () => [LeadAssignedType, LeadNotAssignedType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : (value as LeadAssigned | LeadNotAssigned).kind),
})
export const CaseClosedResult = createUnionType({
  name: 'CaseClosedResult',
  types: () => [CaseClosedType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'CaseClosed'),
})
