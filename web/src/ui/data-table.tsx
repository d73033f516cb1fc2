import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { DataTableHead } from './data-table-head.tsx'
import { DataTableRow } from './data-table-row.tsx'
import styles from './data-table.module.css'
import { useRowFocus } from './use-row-focus.ts'

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
  cell: (row: Row) => ReactNode
}
export type Sort = { key: string; direction: 'ascending' | 'descending' }

export type Choosing<Row> = {
  chosen: ReadonlySet<string>
  nameOf: (row: Row) => string
  toggle: (key: string) => void
  toggleAll: (keys: readonly string[]) => void
  /** What the box in the head does. */
  allLabel: string
}

type Properties<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  sort?: Sort
  onSort?: (key: string) => void
  /** Rows open beside the table: the first cell links to `to(row)`; arrows, Home and End move between rows. */
  /** Rows can be chosen, each by a box before its first cell that has a name. */
  choosing?: Choosing<Row>
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
/** Width of the boxes' column. */
const BOX = 40
const rowHeight = (): number => (matchMedia('(pointer: coarse)').matches ? 44 : 36)

/** The app's one table: sticky head and first column, rows of one height, drawn only near the window past 200 rows. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  choosing,
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
  useEffect(() => {
    scroller.current?.scrollTo({ top: firstTop.current ?? 0 })
  }, [])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    place?.remember(element.scrollTop)
    if (onNearEnd && element.scrollHeight - element.scrollTop - element.clientHeight < height * 30) onNearEnd()
  }

  const bring = (index: number) => {
    setActive(index)
    if (virtual) virtualizer.scrollToIndex(index, { align: 'auto' })
  }
  const focusRow = useRowFocus({ scroller, bring, openIndex, isOpen: Boolean(opening?.openKey) })

  const onKeyDown = (event: KeyboardEvent) => {
    if (!opening || rowOf(event.target) === null) return
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

  const onClick = (event: MouseEvent) => {
    const index = rowOf(event.target)
    const row = index === null ? undefined : rows[index]
    if (!opening || index === null || row === undefined || (event.target as Element).closest('a, button, label')) return
    focusRow(index)
    opening.open(row)
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
        style={{ minWidth: columns.reduce((sum, column) => sum + column.width, choosing ? BOX : 0) }}
      >
        <thead>
          <tr aria-rowindex={1}>
            {choosing && (
              <th scope="col" className={`${styles['box']} screenOnly`}>
                <label>
                  <input
                    type="checkbox"
                    aria-label={choosing.allLabel}
                    checked={rows.length > 0 && rows.every((row) => choosing.chosen.has(rowKey(row)))}
                    onChange={() => choosing.toggleAll(rows.map(rowKey))}
                  />
                </label>
              </th>
            )}
            {columns.map((column, index) => (
              <DataTableHead key={column.key} column={column} first={index === 0} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown} onClick={onClick} onFocus={(event) => setActive(rowOf(event.target) ?? active)}>
          {first > 0 && <tr style={{ height: first * height }} aria-hidden="true" />}
          {shown.map((index) => {
            const row = rows[index] as Row
            const key = rowKey(row)
            return (
              <DataTableRow
                key={key}
                row={row}
                index={index}
                columns={columns}
                to={opening?.to}
                open={opening?.openKey === key}
                tabStop={index === current}
                rowKey={key}
                boxName={choosing?.nameOf(row)}
                chosen={choosing?.chosen.has(key)}
                onToggle={choosing?.toggle}
              />
            )
          })}
          {last < rows.length - 1 && <tr style={{ height: (rows.length - 1 - last) * height }} aria-hidden="true" />}
        </tbody>
      </table>
      {rows.length === 0 && empty}
    </div>
  )
}

/** The row an event happened in. */
function rowOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest('[data-row]') : null
  return row ? Number(row.getAttribute('data-row')) : null
}
