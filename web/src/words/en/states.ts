import { n } from './counting.ts'

export const states = {
  loading: 'Loading',
  dataThrough: 'Data through',
  notOnFile: 'not on file',
  moreOnScreen: (count: number) => `and ${n(count)} more on screen`,
}
