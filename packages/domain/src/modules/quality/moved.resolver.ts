import { Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql'
import { Door } from '#shared/door'
import type { Moved } from '#shared/movements'
import { watchCharts, type Watching, watchRegion, watchRuns } from './watch.ts'

@ObjectType('Moved', { description: 'Something moved on. What it is now, a query tells to whoever may read it.' })
class MovedType implements Moved {
  @Field(() => [ID], { nullable: true, description: 'Charts that moved; null when they are too many to name, or none in particular.' })
  patientIds!: string[] | null
}

/** Answered as server-sent events. The first comes at once: the watch stands. */
@Resolver()
export class MovedResolver {
  @Door('read', 'ClinicalRecord')
  @Subscription(() => MovedType, {
    subscribe: ({ context }: { context: Watching }) => watchCharts(context),
    description:
      "Places in measures and gaps of the viewer's charts, as records come in and runs are published. Of sensitive records alone it tells nobody but the patient.",
  })
  chartsMoved(@Root() moved: MovedType): MovedType {
    return moved
  }

  @Door('read', 'RegionOverview')
  @Subscription(() => MovedType, {
    subscribe: ({ context }: { context: Watching }) => watchRegion(context),
    description: "The region's figures.",
  })
  regionMoved(@Root() moved: MovedType): MovedType {
    return moved
  }

  @Door('read', 'MetricRun')
  @Subscription(() => MovedType, {
    subscribe: ({ context }: { context: Watching }) => watchRuns(context),
    description: 'Metric runs under way, and what a measure is tried with: comparisons, decks of cases, trials of drafts.',
  })
  runsMoved(@Root() moved: MovedType): MovedType {
    return moved
  }
}
