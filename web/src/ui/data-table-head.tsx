import styles from './data-table.module.css'
import type { Column, Sort } from './data-table.tsx'
import { Icon } from './icon.tsx'

/** One column's head: a button where the column sorts. */
export function DataTableHead<Row>(properties: {
  column: Column<Row>
  first: boolean
  sort: Sort | undefined
  onSort: ((key: string) => void) | undefined
}) {
  const { column, first, sort, onSort } = properties
  const sorted = column.sort !== undefined && sort?.key === column.sort ? sort.direction : undefined
  const words = (
    <span className={styles['headWords']}>
      <span className={styles['headText']}>{column.head}</span>
      {column.unit && <span className={styles['unit']}>{column.unit}</span>}
    </span>
  )
  return (
    <th
      scope="col"
      aria-sort={sorted}
      className={`${first ? styles['first'] : ''} ${column.align === 'end' ? styles['end'] : ''}`}
      style={{ width: column.width }}
      title={column.hint}
    >
      {column.sort && onSort ? (
        <button type="button" className={styles['sort']} onClick={() => onSort(column.sort as string)}>
          {words}
          <span className={sorted ? '' : styles['unsorted']}>
            <Icon name={sorted === 'descending' ? 'descending' : 'ascending'} size={12} />
          </span>
        </button>
      ) : (
        words
      )}
    </th>
  )
}
