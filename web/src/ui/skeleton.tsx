import { words } from '../words/index.ts'
import styles from './skeleton.module.css'

/** A quiet block as tall as what will stand there, so that nothing jumps when it arrives. */
export function Skeleton({ height }: { height: number | string }) {
  return (
    <div className={styles['skeleton']} style={{ height }} role="status">
      <span className="visuallyHidden">{words.states.loading}</span>
    </div>
  )
}
