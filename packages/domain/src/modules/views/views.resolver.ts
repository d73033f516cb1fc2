import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { readViews, type ViewRow } from './read-views.ts'
import { saveView, withdrawView } from './save-view.ts'
import { SavedViewConnectionType, SavedViewResult, SaveViewInput } from './views.graphql.ts'

@Resolver()
export class ViewsResolver {
  @Door('read', 'SavedView')
  @Query(() => SavedViewConnectionType, { description: 'The own views, and those shared with a practice in reach, by name.' })
  savedViews(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Connection<ViewRow>> {
    return readViews(ctx, { first, after })
  }

  @Door('create', 'SavedView')
  @Mutation(() => SavedViewResult, { description: 'Keeps a view of the patients’ list, or changes one.' })
  saveView(@FromContext('ctx') ctx: Ctx, @Arg('input', () => SaveViewInput) input: SaveViewInput): Promise<ViewRow | Refusal> {
    return saveView(ctx, input)
  }

  @Door('end', 'SavedView')
  @Mutation(() => SavedViewResult, { description: 'Nobody opens it any more.' })
  withdrawView(
    @FromContext('ctx') ctx: Ctx,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int, { description: 'The version that was seen.' }) version: number,
  ): Promise<ViewRow | Refusal> {
    return withdrawView(ctx, { id, version })
  }
}
