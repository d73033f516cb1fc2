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
}

function DrawnRow<Row>({ row, index, columns, to, open, tabStop }: Properties<Row>) {
  return (
    <tr data-row={index} aria-rowindex={index + 2} className={`${to ? styles['openable'] : ''} ${open ? styles['open'] : ''}`}>
      {columns.map((column, position) => {
        const content = column.cell(row)
        if (position > 0)
          return (
            <td key={column.key} className={column.align === 'end' ? styles['end'] : ''}>
              {content}
            </td>
          )
        return (
          <th key={column.key} scope="row">
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
