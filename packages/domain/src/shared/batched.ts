import type { Ctx } from './context.ts'

/** Answers for many ids at once; ids without an answer are left out. */
export type Load<Value> = (ctx: Ctx, ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>

/** Gathers the ids asked for in one turn of the event loop, so that a list of charts costs one query and not one per chart. */
export function batched<Value>(load: Load<Value>): (ctx: Ctx, id: string) => Promise<Value | undefined> {
  const waiting = new WeakMap<Ctx, { readonly ids: Set<string>; readonly answer: Promise<ReadonlyMap<string, Value>> }>()
  const gather = (ctx: Ctx) => {
    const ids = new Set<string>()
    const answer = new Promise<void>((resolve) => process.nextTick(resolve)).then(() => {
      waiting.delete(ctx)
      return load(ctx, [...ids])
    })
    const turn = { ids, answer }
    waiting.set(ctx, turn)
    return turn
  }
  return async (asking, id) => {
    // A chart opened from outside is read in a transaction of its own.
    const ctx = asking.guests.get(id) ?? asking
    const { ids, answer } = waiting.get(ctx) ?? gather(ctx)
    ids.add(id)
    return (await answer).get(id)
  }
}
