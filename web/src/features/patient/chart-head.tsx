import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { words } from '../../words/index.ts'
import { OpenInEmergency } from '../sharing/open-in-emergency.tsx'

export const ChartActions_patient = graphql(`
  fragment ChartActions_patient on Patient {
    id
    viewerCan {
      openInEmergency
    }
  }
`)

/** The two pages of a chart. A patient's own is their first page. */
export function ChartTabs({ id }: { id: string }) {
  const may = useMay()
  const { patientId } = useViewer()
  if (!may('read', 'Consent')) return null
  return (
    <Tabs
      label={words.patient.parts}
      tabs={[
        { to: id === patientId ? '/' : `/patients/${id}`, label: words.patient.chart },
        { to: `/patients/${id}/sharing`, label: words.sharing.title },
      ]}
    />
  )
}

/** What can be done with a chart from wherever one looks at it. */
export function ChartActions({ patient, onOpened }: { patient: FragmentOf<typeof ChartActions_patient>; onOpened: () => void }) {
  const { id, viewerCan } = readFragment(ChartActions_patient, patient)
  const [opening, setOpening] = useState(false)
  return (
    <>
      {viewerCan.openInEmergency && (
        <Button icon="alert" onClick={() => setOpening(true)}>
          {words.sharing.emergency.short}
        </Button>
      )}
      <Button icon="print" onClick={() => print()}>
        {words.actions.print}
      </Button>
      {opening && <OpenInEmergency patientId={id} onClose={() => setOpening(false)} onDone={onOpened} />}
    </>
  )
}
