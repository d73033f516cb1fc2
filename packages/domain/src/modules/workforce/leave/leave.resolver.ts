import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door, Needs } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { answerCover, type CoverRow, listCovers, proposeCover, withdrawCover } from './covers.ts'
import { acknowledgeHandoff, handoffOf, type HandoffRow, writeHandoff } from './handoffs.ts'
import {
  HandoffResult,
  HandoffType,
  LeaveCoverConnectionType,
  LeaveCoverResult,
  LeaveCoverType,
  ProposeCoverInput,
  RequestLeaveInput,
  StaffLeaveConnectionType,
  StaffLeaveResult,
  WriteHandoffInput,
} from './leave.graphql.ts'
import { endLeave, type LeaveRow, listLeaves, requestLeave } from './leaves.ts'

@Resolver(() => LeaveCoverType)
export class LeaveResolver {
  @Door('read', 'Leave')
  @Query(() => StaffLeaveConnectionType, { description: 'That goes on or is to come: of the region all, of a care manager her own.' })
  leaves(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('past', () => Boolean, { nullable: true, defaultValue: false, description: 'Also what is over.' }) past: boolean | null,
  ): Promise<Connection<LeaveRow>> {
    return listLeaves(ctx, past ?? false, { first, after })
  }

  @Door('read', 'Cover')
  @Query(() => LeaveCoverConnectionType, { description: 'Not over yet: of the region all, of a care manager for her and by her.' })
  covers(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Connection<CoverRow>> {
    return listCovers(ctx, { first, after })
  }

  @Needs('read', 'Handoff')
  @FieldResolver(() => HandoffType, { nullable: true, description: 'To whoever wrote it; to whoever covers, while they do.' })
  async handoff(@FromContext('ctx') ctx: Ctx, @Root() { id }: CoverRow): Promise<HandoffRow | null> {
    return (await handoffOf(ctx, id)) ?? null
  }

  @Door('create', 'Leave')
  @Mutation(() => StaffLeaveResult, { description: 'Asked for twice it is there once.' })
  requestLeave(@FromContext('ctx') ctx: Ctx, @Arg('input', () => RequestLeaveInput) input: RequestLeaveInput): Promise<LeaveRow | Refusal> {
    const { staffId, fromTime, untilTime } = input
    return requestLeave(ctx, { ...input, staffId: staffId ?? null, fromTime: fromTime ?? null, untilTime: untilTime ?? null })
  }

  @Door('end', 'Leave')
  @Mutation(() => StaffLeaveResult, { description: 'At once; what its covers open closes with it.' })
  endLeave(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<LeaveRow | Refusal> {
    return endLeave(ctx, id)
  }

  @Door('create', 'Cover')
  @Mutation(() => LeaveCoverResult, { description: 'Asks somebody. It opens nothing until they accept.' })
  proposeCover(@FromContext('ctx') ctx: Ctx, @Arg('input', () => ProposeCoverInput) input: ProposeCoverInput): Promise<CoverRow | Refusal> {
    return proposeCover(ctx, input)
  }

  @Door('update', 'Cover')
  @Mutation(() => LeaveCoverResult, { description: 'Accepting opens the practice for exactly the time of the leave.' })
  answerCover(
    @FromContext('ctx') ctx: Ctx,
    @Arg('id', () => ID) id: string,
    @Arg('accepts', () => Boolean) accepts: boolean,
  ): Promise<CoverRow | Refusal> {
    return answerCover(ctx, id, accepts)
  }

  @Door('end', 'Cover')
  @Mutation(() => LeaveCoverResult, { description: 'Takes it back at once.' })
  withdrawCover(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<CoverRow | Refusal> {
    return withdrawCover(ctx, id)
  }

  @Door('create', 'Handoff')
  @Mutation(() => HandoffResult)
  writeHandoff(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => WriteHandoffInput) input: WriteHandoffInput,
  ): Promise<HandoffRow | Refusal> {
    return writeHandoff(ctx, input)
  }

  @Door('update', 'Handoff')
  @Mutation(() => HandoffResult, { description: 'By whoever covers, of the version that they read.' })
  acknowledgeHandoff(
    @FromContext('ctx') ctx: Ctx,
    @Arg('coverId', () => ID) coverId: string,
    @Arg('version', () => Int) version: number,
  ): Promise<HandoffRow | Refusal> {
    return acknowledgeHandoff(ctx, coverId, version)
  }
}
