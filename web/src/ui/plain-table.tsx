import type { ReactNode } from 'react'
import styles from './plain-table.module.css'

type Properties = {
  label: string
  head: readonly string[]
  rows: readonly (readonly ReactNode[])[]
  /** Columns of words, by position: they begin where the column does, and break into lines. */
  prose?: readonly number[]
}

/** A small table that needs neither sorting nor opening: the first column names the row, the rest are numbers unless told. */
export function PlainTable({ label, head, rows, prose = [] }: Properties) {
  const look = (position: number) => (prose.includes(position) ? styles['prose'] : undefined)
  return (
    <div className={styles['scroller']} role="group" aria-label={label} tabIndex={0}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {head.map((name, position) => (
              <th key={name} scope="col" className={look(position)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, position) =>
                position === 0 ? (
                  <th key={position} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={position} className={look(position)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
