import { use } from 'react'
import { useAddress } from '../../lib/address.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { AuditDownload } from './audit-download.tsx'
import { AuditFilters, useAuditFilter } from './audit-filters.tsx'
import { AuditList, AuditSentence } from './audit-list.tsx'

/** Who looked at this practice's patients, and why. */
export function Component() {
  const address = useAddress()
  const { filter, days, isNarrow } = useAuditFilter(use(TimeZoneContext))
  return (
    <Page
      fill
      title={words.audit.title}
      tab={words.audit.title}
      answer={
        <>
          <AuditSentence filter={filter} days={days} />
          {filter.patientId && (
            <p>
              {words.audit.onePatient} <Button onClick={() => address.set({ patient: null })}>{words.audit.everyPatient}</Button>
            </p>
          )}
        </>
      }
      action={<AuditDownload from={filter.from} />}
    >
      <AuditFilters days={days} />
      <AuditList filter={filter} reader="practice" isNarrow={isNarrow} />
    </Page>
  )
}
