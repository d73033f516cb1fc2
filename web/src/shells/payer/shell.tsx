import { type Command, Shell, type ShellOf } from '../../app/shell.tsx'
import { words } from '../../words/index.ts'

const NONE: readonly Command[] = []

const payer: ShellOf = {
  places: [{ path: '/', label: words.performance.title, icon: 'table' }],
  routes: [{ path: '/', lazy: () => import('../../features/performance/performance-page.tsx') }],
  useCommands: () => NONE,
}

/** A payer: published figures for its members, nothing else. */
export function PayerShell() {
  return <Shell shell={payer} />
}
