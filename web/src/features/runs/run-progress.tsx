import { count } from '../../lib/numbers.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { words } from '../../words/index.ts'
import { isRunning, type RunFacts } from './run-facts.ts'
import styles from './run-progress.module.css'

const ICONS: Partial<Record<RunFacts['state'], IconName>> = { PUBLISHED: 'check', FAILED: 'alert' }

/** The state of a run in words, with an icon where it is final. */
export function RunState({ state }: { state: RunFacts['state'] }) {
  const icon = ICONS[state]
  return (
    <span className={`${styles['state']} ${styles[state.toLowerCase()] ?? ''}`}>
      {icon && <Icon name={icon} size={14} />} {words.runs.states[state]}
    </span>
  )
}

/** How far a run is: a bar while it works, the number of charts afterwards. */
export function RunProgress({ run }: { run: Pick<RunFacts, 'state' | 'chartsDone' | 'chartsTotal'> }) {
  return (
    <span className={styles['progress']}>
      {isRunning(run) && <progress max={Math.max(1, run.chartsTotal)} value={run.chartsDone} aria-label={words.runs.progress} />}
      <span>{words.runs.chartsOf(count(run.chartsDone), count(run.chartsTotal))}</span>
    </span>
  )
}
