// Every place in the source that narrows rows to what a viewer may meet, and a way to forget one of them.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Narrowing } from './narrowing.ts'

const domain = resolve(import.meta.dirname, '../../../packages/domain/src')
const NAMES = ['room', 'chartRoom', 'recordRoom', 'sensitiveRoom'] as const

export interface RoomUse {
  /** `modules/consent/emergencies.ts room 2`: the second there. */
  readonly key: string
  /** Where it stands and what it calls: `modules/consent/emergencies.ts:142 room`. */
  readonly at: string
}

/** Functions of one line that are nothing but such a use: what counts are the places that call them. */
const named = new Set<string>()
export const roomUses: readonly RoomUse[] = globSync('modules/**/*.ts', { cwd: domain }).sort().flatMap(usesIn)

function usesIn(file: string): RoomUse[] {
  if (file.endsWith('.test.ts')) return []
  const text = readFileSync(join(domain, file), 'utf8')
  const imported = /import \{([^}]*)\} from '#shared\/room'/.exec(text)?.[1]
  const names = NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(imported ?? '')) as string[]
  if (names.length === 0) return []
  const lines = text.split('\n')
  const aliases = new Map<string, string>()
  lines.forEach((line, index) => {
    const alias = new RegExp(`^const (\\w+) = \\([^)]*\\) => (${names.join('|')})\\(`).exec(line)
    if (!alias) return
    aliases.set(alias[1]!, alias[2]!)
    named.add(`${file}:${index + 1}`)
  })
  const count = new Map<string, number>()
  return lines.flatMap((line, index) =>
    named.has(`${file}:${index + 1}`)
      ? []
      : [...line.matchAll(new RegExp(`(?<![\\w.#])(${[...names, ...aliases.keys()].join('|')})\\(`, 'g'))].map(([, name]) => {
          count.set(name!, (count.get(name!) ?? 0) + 1)
          return { key: `${file} ${name} ${count.get(name!)}`, at: `${file}:${index + 1} ${aliases.get(name!) ?? name}` }
        }),
  )
}

type Narrow = (ctx: { readonly viewer: { readonly userId: string } }, ...more: unknown[]) => unknown

/** The narrowing functions of the product, one use of which can be forgotten: then it leaves out nothing. */
export class ForgettableRooms {
  forgotten: RoomUse | null = null
  /** Uses that were come to, each with the users for whom, since it was last emptied. */
  readonly met = new Map<string, Set<string>>()

  constructor(
    readonly real: Narrowing,
    /** What a condition says that leaves nothing out. */
    readonly everything: unknown,
  ) {}

  get module(): Narrowing {
    return Object.fromEntries(NAMES.map((name) => [name, this.#forgettable(name)])) as unknown as Narrowing
  }

  #forgettable(name: (typeof NAMES)[number]): Narrow {
    const narrow = this.real[name] as unknown as Narrow
    return (ctx, ...more) => {
      const at = `${callerOf()} ${name}`
      this.met.set(at, (this.met.get(at) ?? new Set()).add(ctx.viewer.userId))
      return this.forgotten?.at === at ? this.everything : narrow(ctx, ...more)
    }
  }
}

function callerOf(): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 8
  const frames = [...new Error().stack!.matchAll(/packages\/domain\/src\/(modules\/[\w./-]+\.ts):(\d+)/g)].map(
    ([, file, line]) => `${file}:${line}`,
  )
  Error.stackTraceLimit = limit
  return frames.find((frame) => !named.has(frame)) ?? 'nowhere'
}
