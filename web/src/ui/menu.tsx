import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import type { IconName } from './icon.tsx'
import styles from './menu.module.css'

/** A button that opens a small sheet below it. The browser's popover closes it on Escape or a click elsewhere and gives focus back. */
export function Menu({ label, icon, iconOnly, children }: { label: string; icon: IconName; iconOnly?: boolean; children: ReactNode }) {
  const id = useId()
  return (
    <>
      <Button look={iconOnly ? 'quiet' : 'plain'} icon={icon} label={iconOnly ? label : undefined} popoverTarget={id}>
        {iconOnly ? undefined : label}
      </Button>
      <div id={id} popover="auto" className={styles['sheet']}>
        {children}
      </div>
    </>
  )
}
