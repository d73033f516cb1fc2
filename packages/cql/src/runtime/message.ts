import { CqlError } from './cql-error.ts'
import type { EvaluationContext } from './evaluation-context.ts'
import type { Truth } from './logic.ts'

/** CQL 1.5, Reference, Message: gives its source back; severity Error stops the evaluation. */
export function message<T>(
  ctx: EvaluationContext,
  source: T,
  condition: Truth,
  code: string | null,
  severity: string | null,
  text: string | null,
): T {
  if (condition !== true) return source
  if (severity?.toLowerCase() === 'error') throw new CqlError(`${code ?? ''}: ${text ?? ''}`)
  ctx.message?.({ severity: severity ?? 'Message', code, text })
  return source
}
