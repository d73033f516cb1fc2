import { n, plural } from './counting.ts'

const size = (bytes: number) => (bytes < 1024 * 1024 ? `${n(Math.ceil(bytes / 1024))} kB` : `${n(Math.round(bytes / 1024 / 1024))} MB`)
const lines = (count: number) => plural(count, 'line', 'lines')

export const uploads = {
  title: 'Records sent',
  answer: (count: number) =>
    count === 0 ? 'Nothing was sent from here yet.' : `The last ${plural(count, 'file', 'files')}, the newest first.`,
  none: 'No file was sent from here',
  noneAdvice: 'Records of your own patients can be sent as a file when your record system does not send them by itself.',
  send: 'Send records',
  explained:
    'FHIR R4 records of this practice: one resource a line (NDJSON), or one Bundle. What is good lands in the charts; of every other line you read why. The same file again changes nothing.',
  file: 'File',
  limits: (bytes: number, most: number) => `At most ${size(bytes)} and ${n(most)} lines, not packed.`,
  tooLarge: (bytes: number, most: number) => `The file has ${size(bytes)}; at most ${size(most)} are taken. Send it in parts.`,
  sending: 'The file is on its way …',
  notTaken: 'The file was not taken',
  failed: 'The file did not arrive. Nothing was kept; try again.',
  sentBy: (who: string, bytes: number) => `${size(bytes)}, sent by ${who}`,
  underWay: 'It is being read. You may leave this page.',
  landed: (read: number, rejected: number) =>
    rejected === 0 ? `${lines(read)} read; all landed.` : `${lines(read)} read; ${n(rejected)} did not land.`,
  broke: 'It could not be read',
  countsOf: (name: string) => `What became of ${name}`,
  countsHead: ['Records', 'New', 'Corrected', 'Unchanged', 'Not landed'],
  unreadable: 'Unreadable',
  rejected: (count: number) => `Why ${lines(count)} did not land`,
  rejectionsOf: (name: string) => `Lines of ${name} that did not land`,
  rejectionsHead: ['Line', 'Why'],
  more: (count: number) => `${n(count)} more are kept with their reasons.`,
}
