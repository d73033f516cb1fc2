import type { ReactNode } from 'react'
import { percent } from '../../lib/numbers.ts'
import { words } from '../../words/index.ts'
import styles from './dot-plot.module.css'

export type DotRow = {
  key: string
  label: ReactNode
  /** The rate (0 to 1) and its interval; null when there is none to show. */
  own: { rate: number; interval: { low: number; high: number } | null } | null
  region?: number | null
  /** What was agreed on to be reached. */
  target?: number | null
  /** Rates of others who are not named. */
  peers?: readonly number[]
  /** The row in one sentence, for those who do not see the drawing. */
  spoken: string
  value: ReactNode
}

/** What the marks stand for, in the order of the key. */
type Names = { own: string; region: string; peers?: string }
const OF_A_PRACTICE: Names = { own: words.charts.own, region: words.charts.region, peers: words.charts.peers }

const at = (rate: number): string => `${rate * 100}%`
const TICKS = [0, 0.25, 0.5, 0.75, 1]

/** Shares on one axis from 0 to 100 %, one row each: a dot with its interval among unnamed others (ticks) and the region (diamond). */
export function DotPlot({ rows, names = OF_A_PRACTICE }: { rows: readonly DotRow[]; names?: Names }) {
  const compares = rows.some((row) => row.region != null || row.peers?.length || row.target != null)
  return (
    <div className={styles['plot']}>
      {compares && <Key names={names} targets={rows.some((row) => row.target != null)} />}
      <div className={`${styles['row']} ${styles['axis']}`} aria-hidden="true">
        <div className={styles['ticks']}>
          {TICKS.map((tick) => (
            <span key={tick}>{percent(tick)}</span>
          ))}
        </div>
      </div>
      {rows.map((row) => (
        <div key={row.key} className={styles['row']}>
          <div className={styles['label']}>{row.label}</div>
          <div className={styles['lane']}>
            <svg role="img" aria-label={row.spoken}>
              {TICKS.map((tick) => (
                <line key={tick} x1={at(tick)} x2={at(tick)} y1="0" y2="100%" className={styles['grid']} />
              ))}
              {row.peers?.map((peer, index) => (
                <line key={index} x1={at(peer)} x2={at(peer)} y1="30%" y2="70%" className={styles['peer']} />
              ))}
              {row.target != null && (
                <line x1={at(row.target)} x2={at(row.target)} y1="12%" y2="88%" className={styles['target']}>
                  <title>{`${words.charts.target} ${percent(row.target)}`}</title>
                </line>
              )}
              {row.own?.interval && (
                <line x1={at(row.own.interval.low)} x2={at(row.own.interval.high)} y1="50%" y2="50%" className={styles['interval']} />
              )}
              {row.own && <circle cx={at(row.own.rate)} cy="50%" r="5" className={styles['own']} />}
              {row.region != null && (
                <svg x={at(row.region)} y="50%" overflow="visible">
                  <path d="M0-8 8 0 0 8-8 0z" className={styles['region']}>
                    <title>{`${names.region} ${percent(row.region)}`}</title>
                  </path>
                </svg>
              )}
            </svg>
          </div>
          <div className={styles['value']}>{row.value}</div>
        </div>
      ))}
    </div>
  )
}

function Key({ names, targets }: { names: Names; targets: boolean }) {
  return (
    <ul className={styles['key']} aria-hidden="true">
      <li>
        <svg width="28" height="12">
          <line x1="1" x2="27" y1="6" y2="6" className={styles['interval']} />
          <circle cx="14" cy="6" r="5" className={styles['own']} />
        </svg>
        {names.own}
      </li>
      <li>
        <svg width="14" height="14">
          <path d="M7 1 13 7 7 13 1 7z" className={styles['region']} />
        </svg>
        {names.region}
      </li>
      {names.peers && (
        <li>
          <svg width="10" height="12">
            <line x1="2" x2="2" y1="1" y2="11" className={styles['peer']} />
            <line x1="7" x2="7" y1="1" y2="11" className={styles['peer']} />
          </svg>
          {names.peers}
        </li>
      )}
      {targets && (
        <li>
          <svg width="6" height="14">
            <line x1="3" x2="3" y1="0" y2="14" className={styles['target']} />
          </svg>
          {words.charts.target}
        </li>
      )}
    </ul>
  )
}
