import { words } from '../words/index.ts'
import { Button } from './button.tsx'
import styles from './more-rows.module.css'

/** Below a table that has more rows than are shown: how many, and the next ones. */
export function MoreRows({ shown, total, fetching, more }: { shown: number; total: number; fetching: boolean; more: () => void }) {
  if (shown >= total) return null
  return (
    <div className={styles['more']}>
      <p className="soft" role="status">
        {words.states.shownOf(shown, total)}
      </p>
      <Button disabled={fetching} onClick={more}>
        {words.states.showMore}
      </Button>
    </div>
  )
}
