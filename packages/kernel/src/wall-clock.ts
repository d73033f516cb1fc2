import { addDays, type Day } from './calendar.ts'

const MS_PER_MINUTE = 60_000

/** What clocks show in a time zone (IANA name): the day, and minutes after its midnight. */
export function onWall(zone: string, instant: Date): { readonly day: Day; readonly minutes: number } {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  return {
    day: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}` as Day,
    minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  }
}

/**
 * The moment at which clocks in a time zone show this, 1440 being the next midnight. Where clocks go back and show it twice, the first; null
 * where they go forward and never show it.
 */
export function atWall(zone: string, day: Day, minutes: number): Date | null {
  if (minutes === 1440) return atWall(zone, addDays(day, 1), 0)
  const shown = Date.parse(`${day}T00:00:00Z`) + minutes * MS_PER_MINUTE
  const around = [-1, 1].map((days) => new Date(shown + days * 86_400_000))
  const moments = around.map((near) => shown - aheadOfUtc(zone, near)).toSorted((a, b) => a - b)
  const found = moments.find((at) => at + aheadOfUtc(zone, new Date(at)) === shown)
  return found === undefined ? null : new Date(found)
}

function aheadOfUtc(zone: string, instant: Date): number {
  const { day, minutes } = onWall(zone, instant)
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * MS_PER_MINUTE
  return wall - Math.floor(instant.getTime() / MS_PER_MINUTE) * MS_PER_MINUTE
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...SHOWN })
  formats.set(zone, known)
  return known
}
const SHOWN = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
/** A format takes twenty times as long to make as to use. */
const formats = new Map<string, Intl.DateTimeFormat>()
