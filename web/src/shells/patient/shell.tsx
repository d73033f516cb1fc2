import { Shell, type ShellOf } from '../../app/shell.tsx'
import { words } from '../../words/index.ts'

const patient: ShellOf = {
  places: [{ path: '/', label: words.patient.own, icon: 'person' }],
  routes: [
    { path: '/', lazy: () => import('../../features/my-chart/my-chart-page.tsx') },
    { path: '/patients/:id', lazy: () => import('../../features/patient/patient-page.tsx') },
    { path: '/patients/:id/sharing', lazy: () => import('../../features/sharing/sharing-page.tsx') },
  ],
  useCommands: () => [],
}

/** A patient: their own chart, what they agreed to, and to whom it was disclosed. */
export function PatientShell() {
  return <Shell shell={patient} />
}
