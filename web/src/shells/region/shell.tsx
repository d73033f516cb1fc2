import { type Command, Shell, type ShellOf } from '../../app/shell.tsx'
import { useViewer } from '../../app/viewer.ts'
import { words } from '../../words/index.ts'

const region: ShellOf = {
  places: [
    { path: '/', label: words.overview.title, icon: 'region' },
    { path: '/runs', label: words.runs.title, icon: 'run' },
  ],
  routes: [
    { path: '/', lazy: () => import('../../features/region-overview/overview-page.tsx') },
    { path: '/runs', lazy: () => import('../../features/runs/runs-page.tsx') },
  ],
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
