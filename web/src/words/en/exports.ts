import { n, plural } from './counting.ts'

const people = (count: number) => plural(count, 'patient', 'patients')

export const exports = {
  button: 'Export',
  ofAll: 'Everybody whom the filters find, up to 5,000, with the columns shown. Only you can download the file, for 24 hours.',
  ofChosen: (count: number) => `The ${people(count)} chosen, with the columns shown. Only you can download the file, for 24 hours.`,
  formats: { CSV: 'As a table (CSV)', NDJSON: 'For programs (NDJSON)' },
  files: 'Files that you asked for',
  name: (format: 'CSV' | 'NDJSON') => `${format} file`,
  waiting: (name: string) => `${name}: it is begun in a moment`,
  written: (name: string, written: number, total: number) => `${name}: ${n(written)} of ${people(total)} written`,
  download: (name: string, count: number) => `Download the ${name} of ${people(count)}`,
  until: 'until',
  failed: (name: string, why: string) => `${name}: it could not be made. ${why}`,
  gone: (name: string) => `${name}, removed; asked for`,
  refused: 'No file is made',
}
