import { useViewer } from '../../app/viewer.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { ChartPage } from '../patient/patient-page.tsx'

/** A patient's own chart, the only one there is for them. */
export function Component() {
  const { patientId } = useViewer()
  if (patientId) return <ChartPage id={patientId} />
  return (
    <Page title={words.patient.own} tab={words.patient.own}>
      <Empty title={words.patient.noneOfYours}>{words.patient.noneOfYoursAdvice}</Empty>
    </Page>
  )
}
