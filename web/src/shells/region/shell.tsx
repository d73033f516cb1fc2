import { type Command, Shell, type ShellOf } from '../../app/shell.tsx'
import { useViewer } from '../../app/viewer.ts'
import { words } from '../../words/index.ts'

const region: ShellOf = {
  places: [
    { path: '/', label: words.overview.title, icon: 'region' },
    { path: '/results', label: words.results.title, icon: 'course' },
    { path: '/practices', label: words.members.practices, icon: 'building' },
    { path: '/workforce', label: words.workforce.title, icon: 'person' },
    { path: '/caseload', label: words.caseload.title, icon: 'people' },
    { path: '/staff-need', label: words.staffNeed.title, icon: 'course' },
    { path: '/planner', label: words.planner.title, icon: 'table' },
    { path: '/leave', label: words.leave.title, icon: 'leave' },
    { path: '/care-managers', label: words.careManagers.title, icon: 'table' },
    { path: '/runs', label: words.runs.title, icon: 'run' },
    { path: '/measures', label: words.packages.title, icon: 'chart' },
    { path: '/registries', label: words.registries.title, icon: 'list' },
    { path: '/people', label: words.people.title, icon: 'people' },
    { path: '/payers', label: words.members.payers, icon: 'table' },
    { path: '/roles', label: words.rolesPage.title, icon: 'columns' },
  ],
  routes: [
    { path: '/', lazy: () => import('../../features/region-overview/overview-page.tsx') },
    { path: '/results', lazy: () => import('../../features/region-progress/progress-page.tsx') },
    { path: '/runs', lazy: () => import('../../features/runs/runs-page.tsx') },
    { path: '/measures', lazy: () => import('../../features/measure-packages/packages-page.tsx') },
    { path: '/measure-drafts/:id', lazy: () => import('../../features/measure-drafts/draft-page.tsx') },
    { path: '/measures/:hash', lazy: () => import('../../features/measure-packages/package-page.tsx') },
    { path: '/registries', lazy: () => import('../../features/registries/registries-page.tsx') },
    { path: '/practices', lazy: () => import('../../features/members/practices-page.tsx') },
    { path: '/practices/:id', lazy: () => import('../../features/members/member-page.tsx') },
    { path: '/payers', lazy: () => import('../../features/members/payers-page.tsx') },
    { path: '/payers/:id', lazy: () => import('../../features/members/member-page.tsx') },
    { path: '/people', lazy: () => import('../../features/people/people-page.tsx') },
    { path: '/workforce', lazy: () => import('../../features/workforce/workforce-page.tsx') },
    { path: '/workforce/:id', lazy: () => import('../../features/workforce/person-page.tsx') },
    { path: '/caseload', lazy: () => import('../../features/caseload/caseload-page.tsx') },
    { path: '/staff-need', lazy: () => import('../../features/staff-need/need-page.tsx') },
    { path: '/planner', lazy: () => import('../../features/planner/planner-page.tsx') },
    { path: '/leave', lazy: () => import('../../features/leave/leave-page.tsx') },
    { path: '/care-managers', lazy: () => import('../../features/care-managers/care-managers-page.tsx') },
    { path: '/roles', lazy: () => import('../../features/roles/roles-page.tsx') },
  ],
  needs: {
    '/': ['read', 'RegionOverview'],
    '/results': ['read', 'RegionOverview'],
    '/runs': ['read', 'MetricRun'],
    '/measures': ['read', 'MeasurePackage'],
    '/measures/:hash': ['read', 'MeasurePackage'],
    '/measure-drafts/:id': ['create', 'MeasurePackage'],
    '/registries': ['read', 'Registry'],
    '/practices': ['create', 'Organization'],
    '/practices/:id': ['create', 'Organization'],
    '/payers': ['create', 'Organization'],
    '/payers/:id': ['create', 'Organization'],
    '/people': ['read', 'Membership'],
    '/workforce': ['create', 'Assignment'],
    '/workforce/:id': ['create', 'Assignment'],
    '/caseload': ['read', 'Caseload'],
    '/staff-need': ['read', 'StaffNeed'],
    '/planner': ['create', 'StaffPlan'],
    '/leave': ['create', 'Cover'],
    '/care-managers': ['create', 'Assignment'],
    '/roles': ['create', 'Organization'],
  },
  useCommands: (text, go): readonly Command[] =>
    words.runs.start.toLocaleLowerCase().includes(text.toLocaleLowerCase())
      ? [{ key: 'start-run', label: words.runs.start, icon: 'run', run: () => go('/runs?start=1') }]
      : [],
}

const administrator: ShellOf = {
  ...region,
  places: [...region.places, { path: '/systems', label: words.systems.title, icon: 'key' }],
  routes: [...region.routes, { path: '/systems', lazy: () => import('../../features/systems/systems-page.tsx') }],
}

/** The coordinating body: aggregates by practice and the runs that make them, never a person. */
export function RegionShell() {
  const { membership } = useViewer()
  return <Shell shell={membership.role === 'region-administrator' ? administrator : region} />
}
