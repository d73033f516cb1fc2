import { isRefusal, type Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import type { Ctx } from '#shared/context'
import { Door, Needs } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { assignLead, type CaseJudged, type LeadAssigned, type LeadNotAssigned, previewLead } from './assign-lead.ts'
import {
  AssignLeadInput,
  CareCaseConnectionType,
  CareCaseType,
  CaseClosedResult,
  CaseSeenInput,
  CaseloadPartEnum,
  CaseloadRulesType,
  CasesOpenedResult,
  CloseCaseInput,
  LeadAssignedResult,
  LeadLoadType,
  LeadPreviewResult,
  OpenCasesInput,
} from './caseload.graphql.ts'
import { type CaseloadRules, caseloadRules } from './case-rules.ts'
import { type CaseClosed, closeCase } from './close-case.ts'
import { type CasesOpened, openCases } from './open-cases.ts'
import { type LeadLoad, readBalance } from './read-balance.ts'
import { type CaseloadPart, type CaseRow, chartOfCase, readCaseload } from './read-caseload.ts'

@Resolver(() => CareCaseType)
export class CaseloadResolver {
  @Door('read', 'Caseload')
  @Query(() => CareCaseConnectionType, { description: 'Open cases, those first that are due first.' })
  caseload(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('practiceId', () => ID, { nullable: true }) practiceId: string | null,
    @Arg('leadId', () => ID, { nullable: true, description: "A care manager's membership." }) leadId: string | null,
    @Arg('part', () => CaseloadPartEnum, { nullable: true }) part: CaseloadPart | null,
  ): Promise<Connection<CaseRow>> {
    return readCaseload(ctx, { practiceId: practiceId ?? null, leadId: leadId ?? null, part: part ?? null }, { first, after })
  }

  @Door('read', 'Caseload')
  @Query(() => [LeadLoadType], {
    description: 'What each who leads or could lead carries, of the cases that you may read; first what nobody leads.',
  })
  caseloadBalance(@FromContext('ctx') ctx: Ctx): Promise<readonly LeadLoad[]> {
    return readBalance(ctx)
  }

  @Door('read', 'Caseload')
  @Query(() => CaseloadRulesType)
  caseloadRules(@FromContext('ctx') ctx: Ctx): Promise<CaseloadRules> {
    return caseloadRules(ctx)
  }

  @Needs('read', 'Chart')
  @FieldResolver(() => PatientType, { nullable: true })
  async patient(@FromContext('ctx') ctx: Ctx, @Root() { id }: CareCaseType): Promise<PatientType | null> {
    return (await chartOfCase(ctx, id)) ?? null
  }

  @Door('update', 'Caseload')
  @Query(() => LeadPreviewResult, { description: 'What would keep cases from another lead. Nothing is changed.' })
  async previewLead(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => AssignLeadInput) input: AssignLeadInput,
  ): Promise<{ judged: readonly CaseJudged[] } | Refusal> {
    const judged = await previewLead(ctx, { ...input, leadId: input.leadId ?? null })
    return isRefusal(judged) ? judged : { judged }
  }

  @Door('create', 'Caseload')
  @Mutation(() => CasesOpenedResult, {
    description: 'Puts people on the list of those who wait for a care manager. Asked twice it opens once.',
  })
  openCases(@FromContext('ctx') ctx: Ctx, @Arg('input', () => OpenCasesInput) input: OpenCasesInput): Promise<CasesOpened | Refusal> {
    return openCases(ctx, { ...input, program: input.program ?? 'care-management' })
  }

  @Door('update', 'Caseload')
  @Mutation(() => LeadAssignedResult, { description: 'Another lead care manager, or none: of all of them or of none.' })
  assignLead(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => AssignLeadInput) input: AssignLeadInput,
  ): Promise<LeadAssigned | LeadNotAssigned | Refusal> {
    return assignLead(ctx, { ...input, leadId: input.leadId ?? null })
  }

  @Door('start', 'Caseload')
  @Mutation(() => LeadAssignedResult, { description: 'Takes what nobody leads: all of them or none.' })
  takeCases(
    @FromContext('ctx') ctx: Ctx,
    @Arg('cases', () => [CaseSeenInput], { description: '1 to 500.' }) cases: CaseSeenInput[],
  ): Promise<LeadAssigned | LeadNotAssigned | Refusal> {
    return assignLead(ctx, { cases, leadId: ctx.viewer.membershipId })
  }

  @Door('end', 'Caseload')
  @Mutation(() => CaseClosedResult, { description: "Ends somebody's time in a program." })
  closeCase(@FromContext('ctx') ctx: Ctx, @Arg('input', () => CloseCaseInput) input: CloseCaseInput): Promise<CaseClosed | Refusal> {
    return closeCase(ctx, input)
  }
}
