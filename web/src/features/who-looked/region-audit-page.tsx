import { use } from 'react'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { AuditDownload } from './audit-download.tsx'
import { AuditFilters, useAuditFilter } from './audit-filters.tsx'
import { AuditList, AuditSentence } from './audit-list.tsx'

/** The whole region's audit: ids only. */
export function Component() {
  const { filter, days, isNarrow } = useAuditFilter(use(TimeZoneContext))
  return (
    <Page
      fill
      title={words.audit.regionTitle}
      tab={words.audit.regionTitle}
      answer={<AuditSentence filter={filter} days={days} />}
      action={<AuditDownload from={filter.from} />}
    >
      <AuditFilters days={days} />
      <AuditList filter={filter} reader="auditor" isNarrow={isNarrow} />
    </Page>
  )
}
