import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { SendRecords } from './send-records.tsx'
import { UploadReport } from './upload-report.tsx'
import { useUploads } from './use-uploads.ts'

const t = words.uploads

/** Files of records that the practice sent, and what became of every line. */
export function Component() {
  const uploads = useUploads()
  const maySend = useMay()('create', 'RecordUpload')
  const [sending, setSending] = useState(false)
  const open = () => {
    uploads.setProblems([])
    setSending(true)
  }
  return (
    <Page
      title={t.title}
      tab={t.title}
      answer={uploads.answer.data && <p className="soft">{t.answer(uploads.answer.data.recordUploads.uploads.length)}</p>}
      action={
        maySend && (
          <Button look="primary" disabled={!uploads.answer.data} onClick={open}>
            {t.send}
          </Button>
        )
      }
    >
      <Loaded result={uploads.answer} height={200}>
        {({ recordUploads: { uploads: sent, largestBytes, mostLines } }) => (
          <>
            {sent.length === 0 && <Empty title={t.none}>{t.noneAdvice}</Empty>}
            {sent.map((one) => (
              <UploadReport key={one.id} sent={one} />
            ))}
            {sending && <SendRecords uploads={uploads} limits={{ largestBytes, mostLines }} onClose={() => setSending(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}
