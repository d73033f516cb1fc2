import { type Command, Shell, type ShellOf } from '../../app/shell.tsx'
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

/** The coordinating body: aggregates by practice and the runs that make them, never a person. */
export function RegionShell() {
  return <Shell shell={region} />
}
