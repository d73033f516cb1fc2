import { atWall, type Day, type Refusal, refused } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'

/** A leave as people say it: from a day and time until a day and time, on the region's clocks. Without a time, whole days. */
export interface Away {
  readonly fromDay: Day
  readonly fromTime: string | null
  /** The last day. */
  readonly untilDay: Day
  readonly untilTime: string | null
}

export interface Moments {
  readonly from: Date
  /** The first moment back. */
  readonly until: Date
}

/** The moments that are meant, exactly; a refusal where clocks do not show them. */
export function momentsOf(ctx: Pick<Ctx, 'region'>, { fromDay, fromTime, untilDay, untilTime }: Away): Moments | Refusal {
  const from = momentOf(ctx.region.timeZone, fromDay, fromTime, 0)
  if (!(from instanceof Date)) return from
  const until = momentOf(ctx.region.timeZone, untilDay, untilTime, 1440)
  if (!(until instanceof Date)) return until
  return until > from ? { from, until } : refused('PeriodBackwards', 'The end is not after the beginning.')
}

function momentOf(zone: string, day: Day, time: string | null, whole: number): Date | Refusal {
  const minutes = time === null ? whole : minutesIn(time)
  if (minutes === null) return refused('TimeUnusable', `"${time}" is no time of day; it looks like 17:30.`)
  // A day whose midnight is left out begins an hour later.
  const at = atWall(zone, day, minutes) ?? (time === null ? atWall(zone, day, minutes % 1440 === 0 ? 60 : minutes) : null)
  return at ?? refused('TimeLeftOut', `On ${day} clocks go forward and never show ${time}. Choose a time before or after.`)
}

function minutesIn(time: string): number | null {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time)
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Infinity
  return minutes <= 1440 ? minutes : null
}
