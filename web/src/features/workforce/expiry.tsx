import { Icon } from '../../ui/icon.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import styles from './workforce.module.css'
import type { Credential } from './staff-parts.ts'

/** A credential with its last day, marked as that comes near. */
export function Expiry({ credential: { title, state, expiresOn, expiry } }: { credential: Credential }) {
  const isNear = expiry !== 'HOLDS'
  return (
    <span className={`${styles['expiry']} ${expiry === 'EXPIRED' ? styles['bad'] : isNear ? styles['warn'] : ''}`}>
      {isNear && <Icon name="alert" size={14} />}
      <span>
        {title}
        {state && ` ${state}`}
        {expiresOn && (
          <>
            , <OnDay day={expiresOn} />
          </>
        )}
        {isNear && ` (${words.workforce.expiries[expiry]})`}
      </span>
    </span>
  )
}
