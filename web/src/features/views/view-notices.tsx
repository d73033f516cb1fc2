import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import type { OpenView } from './use-views.ts'

/** What has to be said about the open view: that it is gone, or that somebody else changed it first. */
export function ViewNotices({ views: { isGone, outcome } }: { views: OpenView }) {
  return (
    <>
      {isGone && <Notice title={words.views.gone}>{words.views.goneAdvice}</Notice>}
      {outcome.refused && (
        <Notice tone="warn" title={words.views.notSaved} urgent>
          {outcome.refused}
        </Notice>
      )}
      {outcome.error && <Problem error={outcome.error} />}
    </>
  )
}
