import type { ReactNode } from 'react'
import styles from './plain-table.module.css'

/** A small table of numbers that needs neither sorting nor opening: the first column names the row, the rest align right. */
export function PlainTable({ label, head, rows }: { label: string; head: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    <div className={styles['scroller']} role="group" aria-label={label} tabIndex={0}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
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
                  <td key={position}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
