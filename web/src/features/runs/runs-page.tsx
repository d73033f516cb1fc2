import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { duration, periodName } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { BesidePanel } from '../../ui/side-panel.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { isRunning, RunFacts, secondsTaken } from './run-facts.ts'
import { RunPanel } from './run-panel.tsx'
import { RunProgress, RunState } from './run-progress.tsx'
import { StartRun } from './start-run.tsx'

const Runs = graphql(
  `
    query RunsPage_runs {
      runs(first: 50) {
        ...RunFacts
      }
    }
  `,
  [RunFacts],
)

const COLUMNS: readonly Column<RunFacts>[] = [
  { key: 'period', head: words.runs.columns.period, width: 200, cell: (run) => periodName(run.period) },
  { key: 'state', head: words.runs.columns.state, width: 160, cell: (run) => <RunState state={run.state} /> },
  { key: 'progress', head: words.runs.columns.progress, width: 280, cell: (run) => <RunProgress run={run} /> },
  { key: 'asked', head: words.runs.columns.asked, width: 140, align: 'end', cell: (run) => <At instant={run.requestedAt} clock /> },
  {
    key: 'took',
    head: words.runs.columns.took,
    width: 110,
    align: 'end',
    cell: (run) => {
      const seconds = secondsTaken(run, Date.now())
      return seconds === null ? '' : duration(seconds)
    },
  },
]

/** Metric runs, newest first: what is being worked on, and what each one published. */
export function Component() {
  const address = useAddress()
  const [result, ask] = useQuery({ query: Runs })
  const runs = result.data?.runs ?? []
  const working = runs.filter(isRunning)
  const open = address.get('open')
  useMoved('runs', () => ask({ requestPolicy: 'network-only' }))

  const start = () => address.set({ start: '1' })
  return (
    <Page
      fill
      title={words.runs.title}
      tab={words.runs.title}
      answer={
        <p role="status">
          {result.data &&
            words.runs.answer(working.length, runs[0] && periodName(runs[0].period), runs[0] && words.runs.states[runs[0].state])}
        </p>
      }
      action={
        <Button look="primary" icon="run" onClick={start}>
          {words.runs.start}
        </Button>
      }
    >
      <BesidePanel panel={open && <RunPanel key={open} id={open} onClose={() => address.set({ open: null })} />}>
        <Loaded result={result} height="100%" retry={() => ask({ requestPolicy: 'network-only' })}>
          {() => (
            <DataTable
              label={words.runs.title}
              columns={COLUMNS}
              rows={runs}
              rowKey={(run) => run.id}
              opening={{ openKey: open, to: (run) => address.with({ open: run.id }), open: (run) => address.set({ open: run.id }) }}
              empty={<Empty title={words.runs.none}>{words.runs.noneAdvice}</Empty>}
            />
          )}
        </Loaded>
      </BesidePanel>
      {address.get('start') && (
        <StartRun
          onClose={() => address.set({ start: null })}
          onStarted={(id) => {
            address.set({ start: null, open: id })
            ask({ requestPolicy: 'network-only' })
          }}
        />
      )}
    </Page>
  )
}
