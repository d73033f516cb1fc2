/** Drawn on a 16 px grid, 1.5 px strokes. Always decoration: the words beside an icon, or the label of its button, say the same. */
const PATHS = {
  home: 'M2.5 7.5 8 2.8l5.5 4.7M4 6.5v6.7h8V6.5',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  chart: 'M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6',
  course: 'M2.5 13.5h11M3 10.5l3.2-3.5 2.6 2L13 4M10 4h3v3',
  region: 'M8 14s4.5-4 4.5-7.4a4.5 4.5 0 0 0-9 0C3.5 10 8 14 8 14zM8 8.2a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2z',
  run: 'M5 3.2 12.5 8 5 12.8z',
  table: 'M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5 14 14',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6z',
  leave: 'M6.5 2.5h-4v11h4M10 5l3 3-3 3M13 8H6',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  down: 'M4 6.5 8 10.5l4-4',
  ascending: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  descending: 'M8 3.5v9M4.5 9 8 12.5 11.5 9',
  alert: 'M8 2.2 14.3 13H1.7zM8 6.5v3M8 11.3v.2',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.2v4M8 4.9v.2',
  check: 'M3 8.5 6.5 12 13 4.5',
  minus: 'M3.5 8h9',
  download: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  print: 'M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z',
  people:
    'M5.8 8a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM1.5 13c.5-2.2 2.2-3.2 4.3-3.2s3.8 1 4.3 3.2M10.3 3.6a2.3 2.3 0 0 1 0 4.2M12 10.2c1.4.4 2.2 1.3 2.5 2.8',
  building: 'M3.5 13.5v-11h9v11M2 13.5h12M6 5.5h1M9 5.5h1M6 8.5h1M9 8.5h1M7 13.5v-2.2h2v2.2',
  sign: 'M3 13.5h10M3.5 10.5l1-3 6-5 2 2-6 5z',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.5 13.5c.7-2.3 2.8-3.5 5.5-3.5s4.8 1.2 5.5 3.5',
  key: 'M5.5 13a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM7.6 8.2 13.2 2.6M11 4.8l1.8 1.8',
  open: 'M6 3H3v10h10v-3M9 3h4v4M13 3 7.5 8.5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  look: 'M2.5 8S4.5 4 8 4s5.5 4 5.5 4-2 4-5.5 4-5.5-4-5.5-4zM8 9.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2z',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  share:
    'M12 5.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM4 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM12 14.1a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM5.6 7.1l4.8-2.5M5.6 8.9l4.8 2.5',
  hidden: 'M2.5 8S4.5 4 8 4s5.5 4 5.5 4-2 4-5.5 4-5.5-4-5.5-4zM3 13 13 3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
