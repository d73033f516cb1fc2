import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './notice.module.css'

type Tone = 'info' | 'warn' | 'bad'
const ICONS: Record<Tone, IconName> = { info: 'info', warn: 'alert', bad: 'alert' }

/** Words about a state, where the state is. `urgent` has a screen reader say it at once. */
export function Notice({
  tone = 'info',
  title,
  urgent,
  action,
  children,
}: {
  tone?: Tone
  title: string
  urgent?: boolean
  action?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={`${styles['notice']} ${styles[tone]}`} role={urgent ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} />
      <div className={styles['words']}>
        <p className="strong">{title}</p>
        {children && <div>{children}</div>}
        {action}
      </div>
    </div>
  )
}
