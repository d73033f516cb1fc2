import { type ReactNode, useEffect } from 'react'
import { words } from '../words/index.ts'
import styles from './page.module.css'

/**
 * The start of every page: where you are, the answer in a sentence, and the one primary action at the right.
 * `tab` is what the browser shows in its tab and history, so it must never name a patient.
 */
export function Page({
  title,
  tab,
  answer,
  action,
  fill,
  children,
}: {
  title: ReactNode
  tab: string
  answer?: ReactNode
  action?: ReactNode
  fill?: boolean
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${tab} · ${words.product}`
  }, [tab])
  return (
    <div className={`${styles['page']} ${fill ? styles['fill'] : ''}`}>
      <header className={styles['head']}>
        <h1>{title}</h1>
        {action && <div className={`${styles['action']} screenOnly`}>{action}</div>}
        {answer && <div className={styles['answer']}>{answer}</div>}
      </header>
      {children}
    </div>
  )
}
