import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, Mutation, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { type RecordedValue, recordValue } from './record-value.ts'
import { RecordedValueType, RecordValueInput, RecordValueResult } from './typed-value.graphql.ts'

@Resolver(() => RecordedValueType)
export class TypedValueResolver {
  @Door('create', 'ClinicalRecord')
  @Mutation(() => RecordValueResult, { description: 'Puts a value that somebody measured on a chart, as record systems send theirs.' })
  recordValue(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RecordValueInput) input: RecordValueInput,
  ): Promise<RecordedValue | Refusal> {
    return recordValue(ctx, input)
  }
}
