import { useEffect, useRef, useState } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { shownTheme, toggleTheme } from '../lib/theme.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { words } from '../words/index.ts'
import styles from './frame.module.css'
import { Palette } from './palette.tsx'
import type { ShellOf } from './shell.tsx'
import { useViewer } from './viewer.ts'

/** Navigation left (a bottom bar on a phone), the acting membership always in sight, the page in the rest. */
export function Frame({ shell }: { shell: ShellOf }) {
  const [palette, setPalette] = useState(false)
  const { pathname } = useLocation()
  const content = useRef<HTMLElement>(null)
  const arrived = useRef(pathname)

  // A new page takes the focus, so that a keyboard or a screen reader starts at its top.
  useEffect(() => {
    if (arrived.current !== pathname) content.current?.focus({ preventScroll: true })
    arrived.current = pathname
  }, [pathname])

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setPalette((open) => !open)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <div className={styles['frame']}>
      <a href="#content" className={styles['skip']}>
        {words.frame.skip}
      </a>
      <header className={`${styles['side']} screenOnly`}>
        <div className={styles['brand']}>
          <img src="/favicon.svg" alt="" width="20" height="20" />
          <span className="strong">{words.product}</span>
        </div>
        <button type="button" className={styles['search']} onClick={() => setPalette(true)} aria-haspopup="dialog">
          <Icon name="search" />
          <span>{words.frame.search}</span>
          <kbd>{/Mac|iPhone/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <nav aria-label={words.frame.navigation} className={styles['places']}>
          {shell.places.map((place) => (
            <NavLink key={place.path} to={place.path} end={place.path === '/'}>
              <Icon name={place.icon} />
              {place.label}
            </NavLink>
          ))}
        </nav>
        <Membership />
      </header>
      <main ref={content} id="content" tabIndex={-1} className={styles['content']} key={pathname}>
        <Outlet />
      </main>
      {palette && <Palette shell={shell} onClose={() => setPalette(false)} />}
    </div>
  )
}

function Membership() {
  const { user, membership, memberships, region, signOut } = useViewer()
  const [theme, setTheme] = useState(shownTheme)
  const role = words.roles[membership.role] ?? membership.role
  return (
    <div className={styles['membership']}>
      <div className={styles['acting']} role="group" aria-label={words.frame.actingAs}>
        <span className="strong">{membership.organization.name}</span>
        <span className="soft small">
          <Link to="/account" title={words.account.title}>
            {user.name}
          </Link>
          {user.name.toLowerCase() !== role.toLowerCase() && `, ${role}`}
        </span>
        {region.name !== membership.organization.name && <span className={`soft small ${styles['region']}`}>{region.name}</span>}
      </div>
      <div className={styles['sessionActions']}>
        {memberships.length > 1 && (
          <Menu label={words.frame.switch} icon="person" iconOnly>
            <Switcher />
          </Menu>
        )}
        <Button
          look="quiet"
          icon={theme === 'dark' ? 'sun' : 'moon'}
          label={theme === 'dark' ? words.actions.lightTheme : words.actions.darkTheme}
          onClick={() => setTheme(toggleTheme())}
        />
        <Button look="quiet" icon="leave" onClick={signOut}>
          {words.actions.signOut}
        </Button>
      </div>
      <div className={styles['sessionMenu']}>
        <Menu label={words.frame.menu} icon="menu" iconOnly>
          <div className={styles['menuItems']}>
            <p className="small soft">{words.frame.membership(user.name, role)}</p>
            {memberships.length > 1 && <Switcher />}
            <Link to="/account">{words.account.title}</Link>
            <Button look="quiet" icon={theme === 'dark' ? 'sun' : 'moon'} onClick={() => setTheme(toggleTheme())}>
              {theme === 'dark' ? words.actions.lightTheme : words.actions.darkTheme}
            </Button>
            <Button look="quiet" icon="leave" onClick={signOut}>
              {words.actions.signOut}
            </Button>
          </div>
        </Menu>
      </div>
    </div>
  )
}

/** The memberships of the person; the one in use is marked and does nothing. */
function Switcher() {
  const { membership, memberships, actAs } = useViewer()
  return (
    <ul className={styles['switcher']} aria-label={words.frame.switch}>
      {memberships.map(({ id, role, organization }) => (
        <li key={id}>
          <Button look="quiet" aria-current={id === membership.id ? 'true' : undefined} onClick={() => id !== membership.id && actAs(id)}>
            {words.frame.membership(organization.name, words.roles[role] ?? role)}
          </Button>
        </li>
      ))}
    </ul>
  )
}
