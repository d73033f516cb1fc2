import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import styles from './data-table.module.css'
import { Icon } from './icon.tsx'

export type Column<Row> = {
  key: string
  head: string
  /** Unit or explanation, small, under the head. */
  unit?: string
  /** Full words for a short head, on hover. */
  hint?: string
  align?: 'end'
  /** Pixels; the first column sticks while the others scroll. */
  width: number
  /** Sort key this head switches to. */
  sort?: string
  cell: (row: Row, index: number) => ReactNode
}
export type Sort = { key: string; direction: 'ascending' | 'descending' }

type Properties<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  sort?: Sort
  onSort?: (key: string) => void
  /** Rows open beside the table: the first cell links to `to(row)`; arrows, Home and End move between rows. */
  opening?: { openKey: string | null; to: (row: Row) => string; open: (row: Row) => void }
  /** Rows there are in all, when not all are loaded yet. */
  total?: number
  onNearEnd?: () => void
  empty?: ReactNode
  /** Where the table was scrolled to when last seen, and how to remember it. */
  place?: { top: number; remember: (top: number) => void }
  className?: string | undefined
}

const VIRTUAL_FROM = 200
const rowHeight = (): number => (matchMedia('(pointer: coarse)').matches ? 44 : 36)

/** The app's one table: sticky head and first column, rows of one height, drawn only near the window past 200 rows. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  opening,
  total,
  onNearEnd,
  empty,
  place,
  className = '',
}: Properties<Row>) {
  const scroller = useRef<HTMLDivElement>(null)
  const [height] = useState(rowHeight)
  const [active, setActive] = useState(0)
  const virtual = rows.length > VIRTUAL_FROM
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialOffset: place?.top ?? 0,
  })
  const shown = virtual ? virtualizer.getVirtualItems().map((item) => item.index) : rows.map((_, index) => index)
  const first = shown[0] ?? 0
  const last = shown.at(-1) ?? -1

  const openIndex = opening?.openKey ? rows.findIndex((row) => rowKey(row) === opening.openKey) : -1
  const current = openIndex >= 0 ? openIndex : Math.min(active, rows.length - 1)

  // Only when the table appears: afterwards the reader scrolls.
  const firstTop = useRef(place?.top)
  useEffect(() => scroller.current?.scrollTo({ top: firstTop.current ?? 0 }), [])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    place?.remember(element.scrollTop)
    if (onNearEnd && element.scrollHeight - element.scrollTop - element.clientHeight < height * 30) onNearEnd()
  }

  // A row far away is drawn only after the scroll; the focus waits for it.
  const wanted = useRef<number | null>(null)
  const focusWanted = () => {
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"] a`)
    if (!link) return
    wanted.current = null
    link.focus()
  }
  useEffect(focusWanted)
  const focusRow = (index: number) => {
    wanted.current = index
    setActive(index)
    if (virtual) virtualizer.scrollToIndex(index, { align: 'auto' })
    focusWanted()
  }

  // Closing what stood beside the table gives the focus back to its row.
  const openKey = opening?.openKey ?? null
  const lastOpen = useRef(-1)
  useEffect(() => {
    if (openIndex >= 0) lastOpen.current = openIndex
    else if (openKey === null && lastOpen.current >= 0) {
      if (document.activeElement === document.body) focusRow(lastOpen.current)
      lastOpen.current = -1
    }
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (!opening || !(event.target instanceof HTMLElement) || !event.target.closest('[data-row]')) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2)
    const to: Partial<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: current + page,
      PageUp: current - page,
    }
    const aim = to[event.key]
    if (aim === undefined) return
    event.preventDefault()
    const index = Math.min(rows.length - 1, Math.max(0, aim))
    focusRow(index)
    const row = rows[index]
    if (openIndex >= 0 && row) opening.open(row)
  }

  return (
    <div
      ref={scroller}
      className={`${styles['scroller']} ${className}`}
      onScroll={onScroll}
      role="group"
      aria-label={label}
      tabIndex={opening ? -1 : 0}
    >
      <table
        className={styles['table']}
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        style={{ minWidth: columns.reduce((sum, column) => sum + column.width, 0) }}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {first > 0 && <tr style={{ height: first * height }} aria-hidden="true" />}
          {shown.map((index) => {
            const row = rows[index] as Row
            const key = rowKey(row)
            return (
              <tr
                key={key}
                data-row={index}
                aria-rowindex={index + 2}
                className={`${opening ? styles['openable'] : ''} ${opening?.openKey === key ? styles['open'] : ''}`}
                onClick={
                  opening &&
                  ((event) => {
                    if (event.target instanceof Element && event.target.closest('a, button')) return
                    focusRow(index)
                    opening.open(row)
                  })
                }
              >
                {columns.map((column, position) => {
                  const content = column.cell(row, index)
                  if (position > 0)
                    return (
                      <td key={column.key} className={column.align === 'end' ? styles['end'] : ''}>
                        {content}
                      </td>
                    )
                  return (
                    <th key={column.key} scope="row">
                      {opening ? (
                        <Link
                          to={opening.to(row)}
                          replace
                          tabIndex={index === current ? 0 : -1}
                          onFocus={() => setActive(index)}
                          aria-current={opening.openKey === key ? 'true' : undefined}
                        >
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
          })}
          {last < rows.length - 1 && <tr style={{ height: (rows.length - 1 - last) * height }} aria-hidden="true" />}
        </tbody>
      </table>
      {rows.length === 0 && empty}
    </div>
  )
}

function Head<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: Sort; onSort?: (key: string) => void }) {
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
