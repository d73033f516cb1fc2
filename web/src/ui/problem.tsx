import type { CombinedError } from 'urql'
import { problemOf } from '../lib/problem.ts'
import { words } from '../words/index.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** A failure or refusal in plain words, with what to do and the id to quote. */
export function Problem({ error, retry, stale }: { error: CombinedError; retry?: (() => void) | undefined; stale?: boolean }) {
  const problem = problemOf(error)
  const { title, advice } = words.problems[problem.kind]
  return (
    <Notice
      tone={problem.kind === 'refused' ? 'info' : 'warn'}
      title={stale ? words.problems.stale : title}
      urgent
      action={retry && problem.kind !== 'refused' && <Button onClick={retry}>{words.actions.tryAgain}</Button>}
    >
      {advice}
      {problem.id && ` ${words.problems.quote(problem.id)}`}
    </Notice>
  )
}
