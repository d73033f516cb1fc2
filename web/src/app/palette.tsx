import { type KeyboardEvent, useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { toggleTheme } from '../lib/theme.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { words } from '../words/index.ts'
import styles from './palette.module.css'
import type { Command, ShellOf } from './shell.tsx'
import { useViewer } from './viewer.ts'

/** Ctrl/Cmd-K: any page, action or, where the role sees them, patient one may go to. The text stays in memory. */
export function Palette({ shell, onClose }: { shell: ShellOf; onClose: () => void }) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const navigate = useNavigate()
  const { signOut, membership, memberships, actAs } = useViewer()
  const listId = useId()

  const go = (path: string) => void navigate(path)
  const found = shell.useCommands(text.trim(), go)
  const always: Command[] = [
    ...shell.places.map((place): Command => ({
      key: place.path,
      label: place.label,
      detail: words.palette.page,
      icon: place.icon,
      run: () => go(place.path),
    })),
    { key: 'account', label: words.account.title, detail: words.palette.page, icon: 'person', run: () => go('/account') },
    ...memberships
      .filter(({ id }) => id !== membership.id)
      .map(({ id, role, organization }): Command => ({
        key: id,
        label: words.frame.actAs(organization.name, words.roles[role] ?? role),
        icon: 'person',
        run: () => actAs(id),
      })),
    { key: 'print', label: words.actions.print, icon: 'print', run: () => requestAnimationFrame(() => print()) },
    { key: 'theme', label: words.actions.otherTheme, icon: 'moon', run: toggleTheme },
    { key: 'sign-out', label: words.actions.signOut, icon: 'leave', run: signOut },
  ]
  const wanted = text.trim().toLocaleLowerCase()
  const commands = [...always.filter((command) => command.label.toLocaleLowerCase().includes(wanted)), ...found]
  const current = Math.min(active, commands.length - 1)

  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') run(commands[current])
    else if (event.key === 'ArrowDown') setActive((current + 1) % commands.length)
    else if (event.key === 'ArrowUp') setActive((current - 1 + commands.length) % commands.length)
    else return
    event.preventDefault()
  }

  return (
    <Dialog title={words.palette.title} onClose={onClose} bare>
      <input
        className={styles['input']}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={commands[current] && `${listId}-${current}`}
        aria-label={words.frame.search}
        placeholder={words.frame.search}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={listId} role="listbox" aria-label={words.palette.title} className={styles['list']}>
        {commands.map((command, index) => (
          <li
            key={command.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === current}
            ref={(element) => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' })
            }}
            onMouseMove={() => setActive(index)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon} />
            <span>{command.label}</span>
            {command.detail && <span className="soft small">{command.detail}</span>}
          </li>
        ))}
      </ul>
      {commands.length === 0 && (
        <p className={styles['nothing']} role="status">
          {words.palette.nothing}
        </p>
      )}
    </Dialog>
  )
}
