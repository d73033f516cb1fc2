import { useAddress } from '../../lib/address.ts'
import { dayOf } from '../../lib/dates.ts'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import type { AuditFilter } from './use-audit-pages.ts'
import styles from './who-looked.module.css'

const DAYS = [1, 7, 30, 90, 365] as const
const STANDARD_DAYS = 30
const DAY_MS = 86_400_000

/** The filter that stands in the address: opaque codes only. */
export function useAuditFilter(zone: string): { filter: AuditFilter; days: number; isNarrow: boolean } {
  const address = useAddress()
  const wanted = Number(address.get('days'))
  const days = DAYS.find((one) => one === wanted) ?? STANDARD_DAYS
  const filter: AuditFilter = {
    from: dayOf(new Date(Date.now() - (days - 1) * DAY_MS).toISOString(), zone),
    outcome: address.get('outcome'),
    purpose: address.get('why'),
    subject: address.get('what'),
    patientId: address.get('patient'),
  }
  return { filter, days, isNarrow: Boolean(filter.outcome || filter.purpose || filter.subject || filter.patientId) }
}

export function AuditFilters({ days }: { days: number }) {
  const address = useAddress()
  const choice = (name: string, label: string, any: string, options: Readonly<Record<string, string>>) => (
    <SelectField label={label} hideLabel value={address.get(name) ?? ''} onChange={(event) => address.set({ [name]: event.target.value })}>
      <option value="">{any}</option>
      {Object.entries(options).map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </SelectField>
  )
  return (
    <form className={`${styles['filters']} screenOnly`} role="search" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label={words.audit.period}
        hideLabel
        value={String(days)}
        onChange={(event) => address.set({ days: event.target.value === String(STANDARD_DAYS) ? null : event.target.value })}
      >
        {DAYS.map((one) => (
          <option key={one} value={one}>
            {words.audit.lastDays(one)}
          </option>
        ))}
      </SelectField>
      {choice('what', words.audit.columns.what, words.audit.anything, words.audit.subjects)}
      {choice('why', words.audit.columns.why, words.audit.anyWhy, words.audit.purposes)}
      {choice('outcome', words.audit.columns.outcome, words.audit.anyOutcome, words.audit.outcomes)}
    </form>
  )
}
