import { NavLink } from 'react-router'
import styles from './tabs.module.css'

/** The parts of one thing, each a page of its own with an address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly { to: string; label: string }[] }) {
  return (
    <nav aria-label={label} className={`${styles['tabs']} screenOnly`}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end>
          {tab.label}
        </NavLink>
      ))}
    </nav>
  )
}
