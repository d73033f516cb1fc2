import { useMay } from '../../app/ability.ts'
import { type Command, Shell, type ShellOf } from '../../app/shell.tsx'
import { useViewer } from '../../app/viewer.ts'
import { words } from '../../words/index.ts'
import { usePatientCommands } from './use-patient-commands.ts'

const practice: ShellOf = {
  places: [
    { path: '/', label: words.home.title, icon: 'home' },
    { path: '/registry', label: words.registry.title, icon: 'list' },
    { path: '/registries', label: words.registries.title, icon: 'table' },
    { path: '/measures', label: words.measures.title, icon: 'chart' },
    { path: '/results', label: words.results.title, icon: 'run' },
    { path: '/staff-share', label: words.staffNeed.share.title, icon: 'person' },
    { path: '/risk-models', label: words.risk.page.title, icon: 'info' },
    { path: '/huddle', label: words.huddle.title, icon: 'check' },
    { path: '/caseload', label: words.caseload.title, icon: 'person' },
    { path: '/shared', label: words.sharing.shared.place, icon: 'share' },
    { path: '/emergencies', label: words.sharing.emergency.title, icon: 'alert' },
    { path: '/who-looked', label: words.audit.title, icon: 'look' },
    { path: '/people', label: words.people.title, icon: 'people' },
    { path: '/records-sent', label: words.uploads.title, icon: 'open' },
    { path: '/agreements', label: words.agreements.title, icon: 'sign' },
  ],
  routes: [
    { path: '/', lazy: () => import('../../features/home/home-page.tsx') },
    { path: '/registry', lazy: () => import('../../features/registry/registry-page.tsx') },
    { path: '/registries', lazy: () => import('../../features/registries/registries-page.tsx') },
    { path: '/huddle', lazy: () => import('../../features/huddle/huddle-page.tsx') },
    { path: '/patients/:id', lazy: () => import('../../features/patient/patient-page.tsx') },
    { path: '/patients/:id/sharing', lazy: () => import('../../features/sharing/sharing-page.tsx') },
    { path: '/patients/:id/why/:measure', lazy: () => import('../../features/why/why-page.tsx') },
    { path: '/caseload', lazy: () => import('../../features/caseload/caseload-page.tsx') },
    { path: '/shared', lazy: () => import('../../features/sharing/shared-page.tsx') },
    { path: '/emergencies', lazy: () => import('../../features/sharing/emergencies-page.tsx') },
    { path: '/results', lazy: () => import('../../features/results/results-page.tsx') },
    { path: '/measures', lazy: () => import('../../features/measures/measures-page.tsx') },
    { path: '/staff-share', lazy: () => import('../../features/staff-need/share-page.tsx') },
    { path: '/risk-models', lazy: () => import('../../features/risk/models-page.tsx') },
    { path: '/who-looked', lazy: () => import('../../features/who-looked/who-looked-page.tsx') },
    { path: '/people', lazy: () => import('../../features/people/people-page.tsx') },
    { path: '/records-sent', lazy: () => import('../../features/uploads/uploads-page.tsx') },
    { path: '/agreements', lazy: () => import('../../features/members/agreements-page.tsx') },
  ],
  needs: {
    '/': ['read', 'PracticeOverview'],
    '/registry': ['read', 'Chart'],
    '/registries': ['read', 'Registry'],
    '/huddle': ['read', 'Huddle'],
    '/patients/:id': ['read', 'Chart'],
    '/patients/:id/sharing': ['read', 'Consent'],
    '/patients/:id/why/:measure': ['read', 'ClinicalRecord'],
    '/caseload': ['read', 'Caseload'],
    '/shared': ['read', 'ShareGrant'],
    '/emergencies': ['read', 'EmergencyAccess'],
    '/results': ['read', 'PracticeOverview'],
    '/measures': ['read', 'PracticeOverview'],
    '/staff-share': ['read', 'StaffShare'],
    '/risk-models': ['read', 'ClinicalRecord'],
    '/who-looked': ['read', 'AuditEvent'],
    '/people': ['read', 'Membership'],
    '/records-sent': ['read', 'RecordUpload'],
    '/agreements': ['read', 'Agreement'],
  },
  useCommands: usePatientCommands,
}

const NONE: readonly Command[] = []

/** Until both agreements are signed nobody reaches a chart: whoever signs begins with them, the others learn what is missing. */
const notActive: ShellOf = {
  places: [
    { path: '/agreements', label: words.agreements.title, icon: 'sign' },
    { path: '/people', label: words.people.title, icon: 'people' },
  ],
  routes: practice.routes.filter(({ path }) => path === '/agreements' || path === '/people'),
  needs: { '/agreements': ['read', 'Agreement'], '/people': ['read', 'Membership'] },
  useCommands: () => NONE,
}
const waiting: ShellOf = {
  ...notActive,
  places: [{ path: '/', label: words.home.title, icon: 'home' }],
  routes: [{ path: '/', lazy: () => import('../../features/members/not-active-page.tsx') }],
}

/** A member practice: its own patients, and its results among peers. */
export function PracticeShell() {
  const { practiceIds } = useViewer()
  const may = useMay()
  if (practiceIds.length > 0) return <Shell shell={practice} />
  return <Shell shell={may('read', 'Agreement') ? notActive : waiting} />
}
