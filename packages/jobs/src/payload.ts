import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { isJobName, type LedgerJobName } from './contract.ts'

/** A queue entry as storage holds it: whoever can write the storage can write anything here. */
export interface QueueEntry {
  readonly id?: string
  readonly name: string
  readonly data: unknown
}

export type Payload =
  | { readonly kind: 'job'; readonly name: LedgerJobName; readonly jobId: string }
  | { readonly kind: 'tick'; readonly schedule: string; readonly dueAt: Date }

const SCHEDULE_KEY = /^[a-z][a-z0-9.-]{0,63}$/
const TICK_ID = /^repeat:([a-z][a-z0-9.-]{0,63}):(\d{1,15})$/

export const isScheduleKey = (key: string): boolean => SCHEDULE_KEY.test(key)

/**
 * Reads what a queue entry asks for: exactly `{ jobId }` or `{ schedule }`, and the same id in the entry's own key, so
 * that an edited payload cannot point a delivery at another row. Everything else is `PayloadRefused`.
 */
export function readPayload(entry: QueueEntry): Payload | Refusal {
  if (!isJobName(entry.name)) return payloadRefused('its name is unknown')
  const fields: unknown[] = typeof entry.data === 'object' && entry.data !== null ? Object.entries(entry.data).flat() : []
  const [key, value, ...more] = fields
  if (more.length > 0 || Array.isArray(entry.data) || typeof value !== 'string') return payloadRefused('its payload has another shape')
  if (entry.name === 'schedule.tick') {
    const [, schedule, dueAt] = TICK_ID.exec(entry.id ?? '') ?? []
    if (key !== 'schedule' || schedule === undefined || schedule !== value) return payloadRefused('its schedule is not its own')
    return { kind: 'tick', schedule, dueAt: new Date(Number(dueAt)) }
  }
  if (key !== 'jobId' || !isUuid(value) || value !== entry.id) return payloadRefused('its ledger id is not its own')
  return { kind: 'job', name: entry.name, jobId: value }
}

const payloadRefused = (why: string): Refusal => refused('PayloadRefused', `The queue entry was edited: ${why}.`)
