import styles from './data-table.module.css'
import type { Column, Sort } from './data-table.tsx'
import { Icon } from './icon.tsx'

/** One column's head: a button where the column sorts. */
export function DataTableHead<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: Sort; onSort?: (key: string) => void }) {
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
      className={column.align === 'end' ? styles['end'] : ''}
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
