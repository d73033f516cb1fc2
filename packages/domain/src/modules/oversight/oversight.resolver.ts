import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { chartOf } from './audit-rows.ts'
import { listAuditEvents } from './list-audit-events.ts'
import { listChains } from './list-chains.ts'
import { listDisclosures } from './list-disclosures.ts'
import { listLooks } from './list-looks.ts'
import { listOwnLooks } from './list-own-looks.ts'
import { listReaders } from './list-readers.ts'
import {
  AuditChainType,
  AuditChartType,
  AuditConnectionType,
  AuditEventType,
  AuditFilterInput,
  AuditSummaryType,
  ChartLookType,
  DisclosureType,
  RecordReaderConnectionType,
  type RecordReaderType,
} from './oversight.graphql.ts'
import { summarizeAudit } from './summarize-audit.ts'

@Resolver(() => AuditEventType)
export class OversightResolver {
  @Door('read', 'AuditEvent')
  @Query(() => AuditConnectionType, { description: 'Who looked, who changed, who was refused; newest first.' })
  auditEvents(
    @FromContext('ctx') ctx: Ctx,
    @Arg('filter', () => AuditFilterInput, { nullable: true }) filter: AuditFilterInput | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<AuditConnectionType> {
    return listAuditEvents(ctx, filter ?? {}, { first, after })
  }

  @FieldResolver(() => AuditChartType, { nullable: true, description: 'The chart, where it was one; its name for whoever may see charts.' })
  chart(@FromContext('ctx') ctx: Ctx, @Root() event: AuditEventType): Promise<AuditChartType | null> {
    return chartOf(ctx, event)
  }

  @Door('read', 'AuditEvent')
  @Query(() => AuditSummaryType, { description: "Of the thirty days before 'to', or today, unless 'from' is told." })
  auditSummary(
    @FromContext('ctx') ctx: Ctx,
    @Arg('filter', () => AuditFilterInput, { nullable: true }) filter: AuditFilterInput | null,
  ): Promise<AuditSummaryType> {
    return summarizeAudit(ctx, filter ?? {})
  }

  @Door('read', 'AuditEvent')
  @Query(() => [ChartLookType], { description: 'Who looked at one chart, newest first; looks of one person that belong together are one.' })
  chartLooks(
    @FromContext('ctx') ctx: Ctx,
    @Arg('patientId', () => ID) patientId: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 10 }) first: number | null,
  ): Promise<ChartLookType[]> {
    return listLooks(ctx, patientId, first)
  }

  @Door('read', 'Disclosure')
  @Query(() => [DisclosureType], { description: 'To whom a chart was disclosed, newest first; empty when it is not yours.' })
  disclosures(@FromContext('ctx') ctx: Ctx, @Arg('patientId', () => ID) patientId: string): Promise<DisclosureType[]> {
    return listDisclosures(ctx, patientId)
  }

  @Door('read', 'Disclosure')
  @Query(() => [ChartLookType], {
    description: "Looks at a patient's own chart, newest first: roles and organizations, no names; for the patient.",
  })
  ownLooks(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
  ): Promise<ChartLookType[]> {
    return listOwnLooks(ctx, first)
  }

  @Door('read', 'AuditSeal')
  @Query(() => [AuditChainType], { description: "How far each practice's audit is sealed." })
  auditChains(@FromContext('ctx') ctx: Ctx): Promise<AuditChainType[]> {
    return listChains(ctx)
  }

  @Door('read', 'AuditSeal')
  @Query(() => RecordReaderConnectionType, { description: 'Who could look at the charts of a practice today.' })
  recordReaders(
    @FromContext('ctx') ctx: Ctx,
    @Arg('practiceId', () => ID) practiceId: string,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Connection<RecordReaderType>> {
    return listReaders(ctx, practiceId, { first, after })
  }
}
