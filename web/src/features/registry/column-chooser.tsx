import type { Column } from '../../ui/data-table.tsx'
import { Menu } from '../../ui/menu.tsx'
import { words } from '../../words/index.ts'
import styles from './column-chooser.module.css'

/** Which columns to see; the name always stays. */
export function ColumnChooser<Row>({
  columns,
  hidden,
  onChange,
}: {
  columns: readonly Column<Row>[]
  hidden: ReadonlySet<string>
  onChange: (hidden: ReadonlySet<string>) => void
}) {
  const toggle = (key: string) => onChange(new Set(hidden.has(key) ? [...hidden].filter((one) => one !== key) : [...hidden, key]))
  return (
    <Menu label={words.registry.columnsButton} icon="columns">
      <fieldset className={styles['columns']}>
        <legend className="visuallyHidden">{words.registry.columnsButton}</legend>
        {columns.map((column) => (
          <label key={column.key}>
            <input type="checkbox" checked={!hidden.has(column.key)} onChange={() => toggle(column.key)} />
            {column.hint ?? column.head}
          </label>
        ))}
      </fieldset>
    </Menu>
  )
}
