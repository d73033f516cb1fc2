import { Shell, type ShellOf } from '../../app/shell.tsx'
import { words } from '../../words/index.ts'

const auditor: ShellOf = {
  places: [
    { path: '/', label: words.audit.sealsTitle, icon: 'check' },
    { path: '/events', label: words.audit.regionTitle, icon: 'list' },
  ],
  routes: [
    { path: '/', lazy: () => import('../../features/who-looked/chains-page.tsx') },
    { path: '/events', lazy: () => import('../../features/who-looked/region-audit-page.tsx') },
    { path: '/practices/:id', lazy: () => import('../../features/who-looked/practice-audit-page.tsx') },
  ],
  useCommands: () => [],
}

/** The auditor: the record of who looked, by ids, and whether it was left untouched. */
export function AuditorShell() {
  return <Shell shell={auditor} />
}
