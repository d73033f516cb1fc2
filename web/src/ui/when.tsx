import { use } from 'react'
import { dayOf, fullDay, fullInstant, shortDay, shortInstant } from '../lib/dates.ts'
import { TimeZoneContext } from '../lib/time-zone.ts'

/** A calendar day as `12 Mar`, the full date on hover. */
export function OnDay({ day }: { day: string }) {
  return (
    <time dateTime={day} title={fullDay(day)} className="nowrap">
      {shortDay(day)}
    </time>
  )
}

/** An instant as the day it fell on in the region, the full moment on hover; `clock` adds the time of day. */
export function At({ instant, clock }: { instant: string; clock?: boolean }) {
  const zone = use(TimeZoneContext)
  return (
    <time dateTime={instant} title={fullInstant(instant, zone)} className="nowrap">
      {clock ? shortInstant(instant, zone) : shortDay(dayOf(instant, zone))}
    </time>
  )
}
