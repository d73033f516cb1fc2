import { useMay } from '../../app/ability.ts'
import { Notice } from '../../ui/notice.tsx'
import { CoverNotice } from '../leave/cover-notice.tsx'

/** What has to be known of the list before it is read: whom one covers, and how far what comes due is worked out. */
export function RegistryNotices({ coming }: { coming: string | null | undefined }) {
  const may = useMay()
  return (
    <>
      {may('update', 'Cover') && <CoverNotice />}
      {coming && <Notice title={coming} />}
    </>
  )
}
