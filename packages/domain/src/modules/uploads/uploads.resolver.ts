import { Ctx as FromContext, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { readUploads } from './read-uploads.ts'
import { RecordUploadsType } from './uploads.graphql.ts'

@Resolver()
export class UploadsResolver {
  @Door('read', 'RecordUpload')
  @Query(() => RecordUploadsType, { description: 'Files of records that the practice sent, and what may be sent.' })
  recordUploads(@FromContext('ctx') ctx: Ctx): Promise<RecordUploadsType> {
    return readUploads(ctx)
  }
}
