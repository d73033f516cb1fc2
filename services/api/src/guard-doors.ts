import { actions, subjects } from '@carecommons/access'
import { type ConfirmedWhen, type DoorRule, type NeedOf, requireStepUp } from '@carecommons/domain/graphql'
import { isRefusal, type Refusal } from '@carecommons/kernel'
import { defaultFieldResolver, GraphQLError, type GraphQLField, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql'
import type { Entrance } from './entrance.ts'
import { type Args, idsNamed } from './ids-named.ts'
import { needsOf } from './needs.ts'
import { noteLook, refusedAs } from './note-answers.ts'

/**
 * The first wall: puts a guard before every root field, who asks for what the field declares. A schema with a root field that
 * declares nothing does not get past here: undeclared means denied, and nobody finds out in production.
 */
export function guardDoors(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  for (const root of roots) {
    const fields = Object.values(root?.getFields() ?? {}) as GraphQLField<unknown, Entrance>[]
    for (const field of fields) guard(field, doorOf(field, root!.name), root === schema.getMutationType())
  }
  return schema
}

function doorOf(field: GraphQLField<unknown, Entrance>, root: string): DoorRule {
  const rule: unknown = field.extensions['door']
  if (isDoorRule(rule)) return rule
  throw new Error(`${root}.${field.name} declares no door: say @Door(action, subject) or @Door.open.`)
}

function isDoorRule(rule: unknown): rule is DoorRule {
  if (rule === 'open') return true
  if (typeof rule !== 'object' || rule === null || !('action' in rule) || !('subject' in rule)) return false
  return actions.some((action) => action === rule.action) && subjects.some((subject) => subject === rule.subject)
}

function guard(field: GraphQLField<unknown, Entrance>, rule: DoorRule, changes: boolean): void {
  if (rule === 'open') return
  // Whoever is let in to watch is told until the watch ends.
  const { subscribe, resolve: tell = defaultFieldResolver } = field
  const resolve = subscribe ?? tell
  const needOf = field.extensions['needOf'] as NeedOf | undefined
  const isDangerous = field.extensions['confirmed'] as ConfirmedWhen | undefined
  field[subscribe ? 'subscribe' : 'resolve'] = async (source: unknown, args: unknown, entrance: Entrance, info: GraphQLResolveInfo) => {
    const ctx = (entrance.ctx = await entrance.enter())
    if (!ctx) throw new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })
    if (entrance.wait() !== null) throw new GraphQLError(HURRIED, { extensions: { code: 'RATE_LIMITED' } })
    const missing = [rule, ...needsOf(info), needOf?.(args as Args)].find((need) => need && !ctx.ability.can(need.action, need.subject))
    const subjectIds = idsNamed(field, args as Args)
    if (missing) {
      entrance.deny({ ...missing, subjectIds })
      throw new GraphQLError(REFUSAL, { extensions: { code: 'FORBIDDEN' } })
    }
    const unconfirmed = isDangerous?.(args as Args) ? requireStepUp(ctx) : null
    if (unconfirmed) {
      entrance.deny({ ...rule, subjectIds })
      throw NOT_CONFIRMED(unconfirmed)
    }
    const before = ctx.kept.acts
    const answer: unknown = await resolve(source, args, entrance, info)
    if (!changes) noteLook(entrance, rule.subject, subjectIds, answer)
    else if (isRefusal(answer) && ctx.kept.acts === before) entrance.deny({ ...rule, subjectIds }, refusedAs(answer))
    return answer
  }
}

/** A dangerous act: the web asks its person to prove who they are, and asks again. */
const NOT_CONFIRMED = ({ message }: Refusal): GraphQLError =>
  new GraphQLError(message, { extensions: { code: STEP_UP_NEEDED, http: { status: 403 } } })

export const STEP_UP_NEEDED = 'STEP_UP_NEEDED'
export const HURRIED = 'Too many requests in a minute. Wait a little before the next.'
export const REFUSAL = 'Your role does not open this. Whoever administers your organization can tell you who may.'
