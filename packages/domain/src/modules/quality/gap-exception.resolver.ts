import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, ID, Mutation, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { DocumentGapExceptionInput, GapExceptionResult } from './gap-exception.graphql.ts'
import { documentException, type GapExceptionRow, withdrawException } from './gap-exceptions.ts'
import { GapExceptionType } from './quality.graphql.ts'

@Resolver(() => GapExceptionType)
export class GapExceptionResolver {
  @Door('create', 'GapException')
  @Mutation(() => GapExceptionResult, { description: 'Documents why a gap stays open. The measure goes on counting it.' })
  documentGapException(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => DocumentGapExceptionInput) input: DocumentGapExceptionInput,
  ): Promise<GapExceptionRow | Refusal> {
    return documentException(ctx, input)
  }

  @Door('end', 'GapException')
  @Mutation(() => GapExceptionResult, { description: 'Takes an exception back; it stays on the chart as withdrawn.' })
  withdrawGapException(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<GapExceptionRow | Refusal> {
    return withdrawException(ctx, id)
  }
}
