import { n } from './counting.ts'

export const states = {
  loading: 'Loading',
  dataThrough: 'Data through',
  notOnFile: 'not on file',
  shownOf: (shown: number, total: number) => `${n(shown)} of ${n(total)} shown`,
  showMore: 'Show more',
  listFailed: 'The list did not load. Close this form and open it again.',
  moreOnScreen: (count: number) => `and ${n(count)} more on screen`,
}
