import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { askForExport } from './ask-for-export.ts'
import { AskForExportInput, ListExportResult, ListExportType } from './exports.graphql.ts'
import { type ExportRow, readExports } from './read-exports.ts'

@Resolver()
export class ExportsResolver {
  @Door('read', 'ListExport')
  @Query(() => [ListExportType], { description: 'The own files of the last days, at most ten, the newest first.' })
  listExports(@FromContext('ctx') ctx: Ctx): Promise<ExportRow[]> {
    return readExports(ctx)
  }

  @Door('create', 'ListExport')
  @Mutation(() => ListExportResult, { description: 'Has a file made of the patients’ list.' })
  askForExport(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => AskForExportInput) input: AskForExportInput,
  ): Promise<ExportRow | Refusal> {
    return askForExport(ctx, input)
  }
}
