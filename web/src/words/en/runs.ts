import { n, plural } from './counting.ts'

export const runs = {
  title: 'Runs',
  one: 'Run',
  of: (period: string) => `Run of ${period}`,
  start: 'Start a run',
  startExplained:
    'A run reads every chart as it stands now and publishes the results of the period when all are counted. Results published before stay until then.',
  refused: 'The run was not started',
  answer: (working: number, period: string | undefined, state: string | undefined) => {
    if (working > 0) return `${plural(working, 'run is', 'runs are')} working now.`
    return period && state ? `Nothing is running. The latest run, ${period}, is ${state.toLocaleLowerCase()}.` : ''
  },
  none: 'No runs yet',
  noneAdvice: 'Start one to count the measures of a period.',
  columns: { period: 'Period', state: 'State', progress: 'Charts', asked: 'Asked for', took: 'Took' },
  states: { QUEUED: 'Waiting', EVALUATING: 'Reading charts', SCORING: 'Counting', PUBLISHED: 'Published', FAILED: 'Failed' },
  progress: 'Charts read',
  chartsOf: (done: string, total: string) => (done === total ? done : `${done} of ${total}`),
  parts: 'Parts',
  partsOf: (done: number, total: number) => `${n(done)} of ${n(total)} done`,
  finished: 'Finished',
  watermark: 'Data version',
  id: 'Id',
  measures: 'Measures',
  failed: 'This run failed',
  failedAdvice: (id: string) => `Results published before are unchanged. You can start it again; to support, quote ${id}.`,
  missing: 'This run is not here',
  missingAdvice: 'The link may be old.',
}
