import { Shell, type ShellOf } from '../../app/shell.tsx'
import { words } from '../../words/index.ts'
import { usePatientCommands } from '../practice/use-patient-commands.ts'

const care: ShellOf = {
  places: [
    { path: '/registry', label: words.registry.title, icon: 'list' },
    { path: '/caseload', label: words.caseload.title, icon: 'people' },
    { path: '/huddle', label: words.huddle.title, icon: 'check' },
    { path: '/registries', label: words.registries.title, icon: 'table' },
    { path: '/leave', label: words.leave.title, icon: 'leave' },
    { path: '/emergencies', label: words.sharing.emergency.title, icon: 'alert' },
    { path: '/risk-models', label: words.risk.page.title, icon: 'info' },
  ],
  routes: [
    { path: '/registry', lazy: () => import('../../features/registry/registry-page.tsx') },
    { path: '/registries', lazy: () => import('../../features/registries/registries-page.tsx') },
    { path: '/caseload', lazy: () => import('../../features/caseload/caseload-page.tsx') },
    { path: '/huddle', lazy: () => import('../../features/huddle/huddle-page.tsx') },
    { path: '/patients/:id', lazy: () => import('../../features/patient/patient-page.tsx') },
    { path: '/patients/:id/sharing', lazy: () => import('../../features/sharing/sharing-page.tsx') },
    { path: '/patients/:id/why/:measure', lazy: () => import('../../features/why/why-page.tsx') },
    { path: '/risk-models', lazy: () => import('../../features/risk/models-page.tsx') },
    { path: '/leave', lazy: () => import('../../features/leave/leave-page.tsx') },
    { path: '/emergencies', lazy: () => import('../../features/sharing/emergencies-page.tsx') },
  ],
  useCommands: usePatientCommands,
}

/** Care managers: the patients of the practices they are assigned to, as one list. */
export function CareShell() {
  return <Shell shell={care} />
}
