import { memo } from 'react'
import { Link } from 'react-router'
import styles from './data-table.module.css'
import type { Column } from './data-table.tsx'

type Properties<Row> = {
  row: Row
  index: number
  columns: readonly Column<Row>[]
  /** Where the first cell leads; without it the row does not open. */
  to: ((row: Row) => string) | undefined
  open: boolean
  tabStop: boolean
  rowKey: string
  /** What the box is called with which the row can be chosen. */
  boxName: string | undefined
  chosen: boolean | undefined
  onToggle: ((key: string) => void) | undefined
}

function DrawnRow<Row>(properties: Properties<Row>) {
  const { row, index, columns, to, open, tabStop, rowKey, boxName, chosen, onToggle } = properties
  return (
    <tr data-row={index} aria-rowindex={index + 2} className={`${to ? styles['openable'] : ''} ${open ? styles['open'] : ''}`}>
      {boxName !== undefined && (
        <td className={`${styles['box']} screenOnly`}>
          <label>
            <input
              type="checkbox"
              aria-label={boxName}
              tabIndex={tabStop ? 0 : -1}
              checked={chosen ?? false}
              onChange={() => onToggle?.(rowKey)}
            />
          </label>
        </td>
      )}
      {columns.map((column, position) => {
        const content = column.cell(row)
        if (position > 0)
          return (
            <td key={column.key} className={column.align === 'end' ? styles['end'] : ''}>
              {content}
            </td>
          )
        return (
          <th key={column.key} scope="row" className={styles['first']}>
            {to ? (
              <Link to={to(row)} replace tabIndex={tabStop ? 0 : -1} aria-current={open ? 'true' : undefined}>
                {content}
              </Link>
            ) : (
              content
            )}
          </th>
        )
      })}
    </tr>
  )
}

/** One row, drawn again only when something in it changed: a table scrolls without redrawing what stays. */
export const DataTableRow = memo(DrawnRow) as typeof DrawnRow
