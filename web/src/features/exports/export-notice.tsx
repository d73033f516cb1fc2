import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import styles from './exports.module.css'
import { FileState } from './file-state.tsx'
import type { useExports } from './use-exports.ts'

/** The file asked for last, from the moment it is asked for; or why there is none. */
export function ExportNotice({ exports: { latest, outcome } }: { exports: ReturnType<typeof useExports> }) {
  return (
    <>
      {latest && (
        <p role="status" className={`${styles['latest']} screenOnly`}>
          <FileState file={latest} />
        </p>
      )}
      {outcome.refused && (
        <Notice tone="warn" title={words.exports.refused} urgent>
          {outcome.refused}
        </Notice>
      )}
      {outcome.error && <Problem error={outcome.error} />}
    </>
  )
}
