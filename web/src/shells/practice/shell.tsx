import { Shell, type ShellOf } from '../../app/shell.tsx'
import { useViewer } from '../../app/viewer.ts'
import { words } from '../../words/index.ts'
import { usePatientCommands } from './use-patient-commands.ts'

const practice: ShellOf = {
  places: [
    { path: '/', label: words.home.title, icon: 'home' },
    { path: '/registry', label: words.registry.title, icon: 'list' },
    { path: '/measures', label: words.measures.title, icon: 'chart' },
  ],
  routes: [
    { path: '/', lazy: () => import('../../features/home/home-page.tsx') },
    { path: '/registry', lazy: () => import('../../features/registry/registry-page.tsx') },
    { path: '/patients/:id', lazy: () => import('../../features/patient/patient-page.tsx') },
    { path: '/measures', lazy: () => import('../../features/measures/measures-page.tsx') },
  ],
  useCommands: usePatientCommands,
}

const withAudit: ShellOf = {
  ...practice,
  places: [...practice.places, { path: '/who-looked', label: words.audit.title, icon: 'look' }],
  routes: [...practice.routes, { path: '/who-looked', lazy: () => import('../../features/who-looked/who-looked-page.tsx') }],
}

/** A member practice: its own patients, and its results among peers. */
export function PracticeShell() {
  const { membership } = useViewer()
  return <Shell shell={membership.role === 'practice-administrator' ? withAudit : practice} />
}
