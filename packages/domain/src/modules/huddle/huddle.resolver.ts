import type { Day, Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { DayScalar } from '#shared/scalars.graphql'
import { addToHuddle, type HuddleAdded } from './add-to-huddle.ts'
import { carryHuddleEntry, endHuddleEntry } from './end-huddle-entry.ts'
import {
  AddToHuddleInput,
  HuddleAddedResult,
  HuddleEndingEnum,
  HuddleEntryConnectionType,
  HuddleEntryResult,
  HuddleEntryType,
} from './huddle.graphql.ts'
import { chartOf, type HuddleChange, type HuddleRow, readHuddle } from './read-huddle.ts'

@Resolver(() => HuddleEntryType)
export class HuddleResolver {
  @Door('read', 'Huddle')
  @Query(() => HuddleEntryConnectionType, {
    description: 'Who is talked about on a day, by practice, in the order in which they were added.',
  })
  huddle(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('day', () => DayScalar, { nullable: true, description: 'Today unless told.' }) day: Day | null,
    @Arg('leftOpen', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Instead those who were left open on the lists of the two weeks before it.',
    })
    leftOpen: boolean | null,
  ): Promise<Connection<HuddleRow>> {
    return readHuddle(ctx, { day: day ?? null, leftOpen: leftOpen ?? false }, { first, after })
  }

  @FieldResolver(() => PatientType, { nullable: true })
  async patient(@FromContext('ctx') ctx: Ctx, @Root() { patientId }: HuddleEntryType): Promise<PatientType | null> {
    return (await chartOf(ctx, patientId)) ?? null
  }

  @Door('create', 'Huddle')
  @Mutation(() => HuddleAddedResult, { description: "Puts people on their practices' lists. Asked twice it adds once." })
  addToHuddle(@FromContext('ctx') ctx: Ctx, @Arg('input', () => AddToHuddleInput) input: AddToHuddleInput): Promise<HuddleAdded | Refusal> {
    return addToHuddle(ctx, { ...input, day: input.day ?? null })
  }

  @Door('end', 'Huddle')
  @Mutation(() => HuddleEntryResult, { description: 'Ticks somebody off, or takes them off the list.' })
  endHuddleEntry(
    @FromContext('ctx') ctx: Ctx,
    @Arg('id', () => ID) id: string,
    @Arg('as', () => HuddleEndingEnum) as: 'done' | 'removed',
  ): Promise<HuddleChange | Refusal> {
    return endHuddleEntry(ctx, id, as)
  }

  @Door('end', 'Huddle')
  @Mutation(() => HuddleEntryResult, { description: "Onto today's list, from today's onto tomorrow's; answers the entry there." })
  carryHuddleEntry(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<HuddleChange | Refusal> {
    return carryHuddleEntry(ctx, id)
  }
}
