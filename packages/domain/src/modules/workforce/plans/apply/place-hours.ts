import { inOrder, minutesOf, type WeeklyHours } from '../../hours.ts'

/** A stretch of somebody's week that stays where it is. */
export interface Taken extends WeeklyHours {
  readonly practiceId: string
  /** Null: the practice tells no town. */
  readonly town: string | null
}

/** Minutes of a week that somebody is to work at a practice. */
export interface ToPlace {
  readonly practiceId: string
  readonly town: string | null
  readonly minutes: number
  /** Hours there so far; as much of them as can be stays. */
  readonly before: readonly WeeklyHours[]
  /** What of the person's week lies in the same time. */
  readonly taken: readonly Taken[]
}

export interface WorkingDay {
  /** Minutes after midnight. */
  readonly from: number
  readonly until: number
  /** Work placed on one day, without ways. */
  readonly most: number
}

export interface PlacingRules {
  /** Minutes between two towns; null: nobody recorded them, and they count as none. */
  readonly travel: (from: string | null, to: string | null) => number | null
  readonly stepMinutes: number
  /** A visit lasts so long where it can. */
  readonly blockMinutes: number
  readonly day: WorkingDay
}

export interface Placed {
  readonly practiceId: string
  /** In order. */
  readonly hours: readonly WeeklyHours[]
  /** What found no place. */
  readonly missing: number
}

const WEEKDAYS = [1, 2, 3, 4, 5]

/**
 * Puts weekly minutes of one person on weekdays: first where the person is at the practice already, then longer there, then in free time of the
 * working day, the longest visits first. Where that leaves something over, all of it is placed anew.
 */
export function placeHours(wanted: readonly ToPlace[], rules: PlacingRules): Placed[] {
  const near = placeAll(wanted, rules, true)
  if (missingOf(near) === 0) return near
  const anew = placeAll(wanted, rules, false)
  return missingOf(anew) < missingOf(near) ? anew : near
}

const missingOf = (placed: readonly Placed[]): number => placed.reduce((sum, { missing }) => sum + missing, 0)

function placeAll(wanted: readonly ToPlace[], rules: PlacingRules, keeps: boolean): Placed[] {
  const order = wanted.toSorted((a, b) => b.minutes - a.minutes || (a.practiceId < b.practiceId ? -1 : 1))
  const week = new Week(wanted, rules)
  if (keeps) {
    for (const one of order) week.keep(one)
    for (const one of order) week.extend(one)
  }
  for (const isShort of [false, true]) for (const one of order) week.fill(one, isShort)
  return wanted.map((one) => {
    const hours = merged(week.of(one))
    return { practiceId: one.practiceId, hours, missing: one.minutes - minutesOf(hours) }
  })
}

/** One person's week while it fills. */
class Week {
  private readonly placed: ReadonlyMap<ToPlace, WeeklyHours[]>
  private readonly rules: PlacingRules

  constructor(wanted: readonly ToPlace[], rules: PlacingRules) {
    this.placed = new Map(wanted.map((one) => [one, []]))
    this.rules = rules
  }

  of = (one: ToPlace): readonly WeeklyHours[] => this.placed.get(one)!

  /** The longest of the hours so far stay whole; the last is cut where that leaves a visit that is long enough. */
  keep(one: ToPlace): void {
    for (const stretch of one.before.toSorted((a, b) => length(b) - length(a) || a.weekday - b.weekday || a.from - b.from)) {
      const rest = this.restOf(one)
      const fits = this.free(one, stretch.weekday).some(({ from, until }) => from <= stretch.from && stretch.until <= until)
      if (!fits || rest === 0) continue
      if (length(stretch) <= rest) this.add(one, stretch)
      else if (rest >= this.least(one)) this.add(one, { ...stretch, until: stretch.from + rest })
    }
  }

  /** Longer where the person is already: later in the day before earlier. */
  extend(one: ToPlace): void {
    for (const stretch of this.of(one)) {
      const gaps = this.freeWithin(one, stretch.weekday)
      const after = gaps.find(({ from, until }) => from <= stretch.until && until > stretch.until)
      if (after) {
        const more = this.inSteps(Math.min(after.until - stretch.until, this.roomOn(stretch.weekday), this.restOf(one)), one)
        this.add(one, { weekday: stretch.weekday, from: stretch.until, until: stretch.until + more })
      }
      const before = this.freeWithin(one, stretch.weekday).find(({ from, until }) => from < stretch.from && until >= stretch.from)
      if (!before) continue
      const more = this.inSteps(Math.min(stretch.from - before.from, this.roomOn(stretch.weekday), this.restOf(one)), one)
      this.add(one, { weekday: stretch.weekday, from: stretch.from - more, until: stretch.from })
    }
  }

  /** Visits in free time: one that takes all that is left where it fits most closely, else the longest there is. */
  fill(one: ToPlace, isShort: boolean): void {
    for (;;) {
      const rest = this.restOf(one)
      if (rest === 0) return
      const visits = WEEKDAYS.flatMap((weekday) =>
        this.freeWithin(one, weekday).flatMap(({ from, until }) => {
          const room = Math.min(until - from, this.roomOn(weekday))
          const minutes = isShort ? this.inSteps(Math.min(room, rest), one) : this.visitOf(one, room, rest)
          return minutes > 0 ? [{ weekday, from, minutes, room }] : []
        }),
      )
      const [best] = visits.toSorted((a, b) => b.minutes - a.minutes || a.room - b.room || a.weekday - b.weekday || a.from - b.from)
      if (!best) return
      this.add(one, { weekday: best.weekday, from: best.from, until: best.from + best.minutes })
    }
  }

  private add(one: ToPlace, stretch: WeeklyHours): void {
    if (stretch.from < stretch.until) this.placed.get(one)!.push(stretch)
  }

  private restOf = (one: ToPlace): number => one.minutes - minutesOf(this.of(one))
  private least = (one: ToPlace): number => Math.min(this.rules.blockMinutes, one.minutes)

  /** What is left whole, else whole steps. */
  private inSteps = (minutes: number, one: ToPlace): number =>
    minutes >= this.restOf(one) ? this.restOf(one) : Math.max(0, Math.floor(minutes / this.rules.stepMinutes) * this.rules.stepMinutes)

  /** A visit that is long enough and leaves none too short; 0: none. */
  private visitOf(one: ToPlace, room: number, rest: number): number {
    const least = this.least(one)
    const whole = this.inSteps(Math.min(room, rest), one)
    const leaving = rest - whole
    const minutes = leaving > 0 && leaving < least ? Math.floor((rest - least) / this.rules.stepMinutes) * this.rules.stepMinutes : whole
    return minutes >= Math.min(least, rest) ? minutes : 0
  }

  /** Minutes that may still be placed on a day. */
  private roomOn = (weekday: number): number =>
    this.rules.day.most - minutesOf([...this.placed.values()].flat().filter((one) => one.weekday === weekday))

  private freeWithin = (one: ToPlace, weekday: number): Gap[] =>
    this.free(one, weekday).flatMap(({ from, until }) => {
      const gap = { from: Math.max(from, this.rules.day.from), until: Math.min(until, this.rules.day.until) }
      return gap.from < gap.until ? [gap] : []
    })

  /** Time of a day that nothing takes, with the way from it and to it. */
  private free(one: ToPlace, weekday: number): Gap[] {
    const elsewhere = [...this.placed].flatMap(([{ practiceId, town }, hours]) =>
      hours.map((stretch) => ({ ...stretch, practiceId, town })),
    )
    const blocked = [...one.taken, ...elsewhere]
      .filter((stretch) => stretch.weekday === weekday)
      .map((stretch) => {
        const way = stretch.practiceId === one.practiceId ? 0 : (this.rules.travel(stretch.town, one.town) ?? 0)
        return { from: stretch.from - way, until: stretch.until + way }
      })
      .toSorted((a, b) => a.from - b.from)
    const gaps: Gap[] = []
    let from = 0
    for (const block of blocked) {
      if (block.from > from) gaps.push({ from, until: block.from })
      from = Math.max(from, block.until)
    }
    return from < DAY ? [...gaps, { from, until: DAY }] : gaps
  }
}

interface Gap {
  readonly from: number
  readonly until: number
}

const DAY = 24 * 60
const length = ({ from, until }: WeeklyHours): number => until - from

/** Stretches of one practice that touch are one. */
function merged(hours: readonly WeeklyHours[]): WeeklyHours[] {
  return inOrder(hours).reduce<WeeklyHours[]>((all, one) => {
    const last = all.at(-1)
    return last?.weekday === one.weekday && last.until === one.from ? [...all.slice(0, -1), { ...last, until: one.until }] : [...all, one]
  }, [])
}
