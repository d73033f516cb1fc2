import type { ButtonHTMLAttributes, AnchorHTMLAttributes } from 'react'
import styles from './button.module.css'
import { Icon, type IconName } from './icon.tsx'

/** `primary`: the one thing a page is for; `plain`: everything else; `quiet`: in toolbars and rows. Without children `label` names it. */
type Look = { look?: 'primary' | 'plain' | 'quiet'; icon?: IconName; label?: string }

export function Button({ look = 'plain', icon, label, children, ...rest }: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" className={classFor(look, !children)} aria-label={label} title={children ? undefined : label} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A link to a file or another document that looks like a button; places inside the app use the router's Link. */
export function ButtonAnchor({ look = 'plain', icon, label, children, ...rest }: Look & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a className={classFor(look, !children)} aria-label={label} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}

const classFor = (look: string, iconOnly: boolean): string => `${styles['button']} ${styles[look]} ${iconOnly ? styles['iconOnly'] : ''}`
