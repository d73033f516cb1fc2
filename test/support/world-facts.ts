export type PracticeKey = 'alder' | 'birch' | 'cedar'
export type PayerKey = 'pine' | 'quill'

export const canaries: Readonly<Record<PracticeKey, string>> = { alder: 'Canaryalder', birch: 'Canarybirch', cedar: 'Canarycedar' }
export const chartCounts: Readonly<Record<PracticeKey, number>> = { alder: 25, birch: 14, cedar: 3 }

/** Every test stands on this moment. */
export const NOW = '2026-03-02T15:00:00Z'
export const PERIOD = { start: '2025-01-01', end: '2025-12-31' } as const
