import { useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { words } from '../../words/index.ts'
import styles from './column-chooser.module.css'
import type { PatientColumn } from './registry-columns.tsx'

const t = words.registry

/** Which columns to see, and in which order; the name always stays, before them. */
export function ColumnChooser(props: {
  all: readonly PatientColumn[]
  chosen: readonly PatientColumn[]
  onChange: (chosen: readonly PatientColumn[]) => void
}) {
  const { all, chosen, onChange } = props
  const list = useRef<HTMLFieldSetElement>(null)
  /** The button that was pressed: moving its row takes the focus from it. */
  const pressed = useRef<string | null>(null)
  useEffect(() => {
    if (pressed.current === null) return
    const row = list.current?.querySelector(`[data-column="${pressed.current}"]`)
    if (!row?.contains(document.activeElement)) row?.querySelector<HTMLElement>('button:not(:disabled)')?.focus()
    pressed.current = null
  }, [chosen])
  const toggle = (key: PatientColumn) => onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
  const move = (key: PatientColumn, by: -1 | 1) => {
    const from = chosen.indexOf(key)
    const others = chosen.filter((one) => one !== key)
    pressed.current = key
    onChange(others.toSpliced(from + by, 0, key))
  }
  return (
    <Menu label={t.columnsButton} icon="columns">
      <fieldset ref={list} className={styles['columns']}>
        <legend className="visuallyHidden">{t.columnsButton}</legend>
        {[...chosen, ...all.filter((key) => !chosen.includes(key))].map((key) => {
          const place = chosen.indexOf(key)
          const { head } = t.columns[key]
          return (
            <div key={key} data-column={key} className={styles['column']}>
              <label>
                <input type="checkbox" checked={place >= 0} onChange={() => toggle(key)} />
                {head}
              </label>
              {place >= 0 && (
                <>
                  <Button look="quiet" icon="ascending" label={t.moveEarlier(head)} disabled={place === 0} onClick={() => move(key, -1)} />
                  <Button
                    look="quiet"
                    icon="descending"
                    label={t.moveLater(head)}
                    disabled={place === chosen.length - 1}
                    onClick={() => move(key, 1)}
                  />
                </>
              )}
            </div>
          )
        })}
      </fieldset>
    </Menu>
  )
}
