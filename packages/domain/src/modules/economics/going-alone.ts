import type { Cents } from '@carecommons/kernel'

export interface Alone {
  /** What the practice's share of the team costs it. */
  readonly sharedCents: Cents
  readonly members: number
  /** Minutes a month that its members need. */
  readonly neededMinutes: number
  /** The smallest post that anybody takes: what it costs a month, and its minutes for patients. */
  readonly smallestPost: { readonly cents: Cents; readonly minutes: number }
}

export interface AgainstAlone {
  /** Whole posts that the need takes alone, at least one. */
  readonly posts: number
  readonly aloneCents: Cents
  /** Cents a member and month, rounded up. */
  readonly sharedUnitCents: Cents
  readonly aloneUnitCents: Cents
  /** So many members with this need fill the smallest post: with fewer some of it is paid for nothing. Null: they need nothing. */
  readonly smallestPanel: number | null
}

/** What sharing costs a practice beside what it would cost alone, where nobody can be hired for less than a post. Null without members. */
export function againstAlone({ sharedCents, members, neededMinutes, smallestPost }: Alone): AgainstAlone | null {
  if (members === 0) return null
  const posts = Math.max(1, divideUp(neededMinutes, smallestPost.minutes))
  const aloneCents = posts * smallestPost.cents
  return {
    posts,
    aloneCents,
    sharedUnitCents: divideUp(sharedCents, members),
    aloneUnitCents: divideUp(aloneCents, members),
    smallestPanel:
      neededMinutes === 0
        ? null
        : Number((BigInt(smallestPost.minutes) * BigInt(members) + BigInt(neededMinutes) - 1n) / BigInt(neededMinutes)),
  }
}

const divideUp = (whole: number, by: number): number => Number((BigInt(whole) + BigInt(by) - 1n) / BigInt(by))
