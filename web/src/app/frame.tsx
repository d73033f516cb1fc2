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

/** Places that fit side by side on a phone; where there are more, the last of them opens the rest. */
const MOST_IN_BAR = 5

/** Navigation left (a bottom bar on a phone), the acting membership always in sight, the page in the rest. */
export function Frame({ shell }: { shell: ShellOf }) {
  const [palette, setPalette] = useState(false)
  const { pathname } = useLocation()
  const content = useRef<HTMLElement>(null)
  const arrived = useRef(pathname)
  const near = shell.places.length > MOST_IN_BAR ? MOST_IN_BAR - 1 : MOST_IN_BAR
  const further = shell.places.slice(near)

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
          <PlaceLinks places={shell.places.slice(0, near)} />
          <div className={styles['further']}>
            <PlaceLinks places={further} />
          </div>
          {further.length > 0 && (
            <div className={styles['more']} data-current={further.some(({ path }) => pathname.startsWith(path)) || undefined}>
              {/* A sheet closes with the page it was opened on. */}
              <Menu key={pathname} label={words.frame.more} icon="menu">
                <div className={styles['menuItems']}>
                  <PlaceLinks places={further} />
                </div>
              </Menu>
            </div>
          )}
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

const PlaceLinks = ({ places }: { places: ShellOf['places'] }) =>
  places.map(({ path, label, icon }) => (
    <NavLink key={path} to={path} end={path === '/'}>
      <Icon name={icon} />
      {label}
    </NavLink>
  ))

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
