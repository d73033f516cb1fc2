import { Link } from 'react-router'
import { count as countWords } from '../../lib/numbers.ts'
import { Section } from '../../ui/section.tsx'
import styles from './count-bars.module.css'

type Row = { key: string; label: string; count: number; to: string }

/** Counts as bars from zero, largest first, each leading to its people. */
export function CountBars({ title, note, empty, rows }: { title: string; note?: string; empty: string; rows: readonly Row[] }) {
  const sorted = rows.toSorted((a, b) => b.count - a.count)
  const most = Math.max(1, sorted[0]?.count ?? 0)
  return (
    <Section title={title} note={note}>
      {sorted.length === 0 && <p className="soft">{empty}</p>}
      <ul className={styles['bars']}>
        {sorted.map((row) => (
          <li key={row.key}>
            <Link to={row.to} className={styles['bar']}>
              <span>{row.label}</span>
              <span className="strong">{countWords(row.count)}</span>
              <span className={styles['track']} aria-hidden="true">
                <span style={{ width: `${(row.count / most) * 100}%` }} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
