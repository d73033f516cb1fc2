import { type ReactNode, useState } from 'react'
import { words } from '../words/index.ts'
import styles from './limited-list.module.css'

type Properties<Item> = {
  items: readonly Item[]
  most: number
  keyOf: (item: Item) => string
  empty: string
  children: (item: Item) => ReactNode
}

/** A list that shows its first few and the rest on request, so that one long history does not push the others off the screen or the sheet. */
export function LimitedList<Item>({ items, most, keyOf, empty, children }: Properties<Item>) {
  const [all, setAll] = useState(false)
  if (items.length === 0) return <p className="soft">{empty}</p>
  const rest = items.length - most
  return (
    <>
      <ul className={styles['list']}>
        {items.slice(0, all ? undefined : most).map((item) => (
          <li key={keyOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {rest > 0 && (
        <>
          <button type="button" className={`${styles['more']} screenOnly`} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? words.actions.showFewer : words.actions.showAll(items.length)}
          </button>
          {!all && <p className="printOnly soft small">{words.states.moreOnScreen(rest)}</p>}
        </>
      )}
    </>
  )
}

/** One line of such a list: the thing, and softly at its end a date or detail. */
export function Line({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={styles['line']}>
      <span className={styles['thing']}>{children}</span>
      {end && <span className="soft small nowrap">{end}</span>}
    </div>
  )
}
