import type { Act, Ctx } from './context.ts'

export interface LabelledRow {
  readonly practice_id: string
  readonly patient_id: string
  readonly sensitivity: string | null
}

/**
 * Notes that labelled records were counted among others, with their labels. A count names nobody; the notice of Part 2 goes with it as with a
 * list (42 CFR 2.32).
 */
export function noteCountedLabels(ctx: Ctx, labels: readonly string[], practiceId: string = ctx.viewer.organizationId): void {
  if (labels.length > 0)
    ctx.notes.push({ action: 'read', subject: 'SensitiveRecord', subjectIds: [], practiceId, underPart2: labels.includes('part2') })
}

/** Notes whose labelled records were shown, apart from the chart: disclosures of these are accounted for by a rule of their own (42 CFR 2.25). */
export function noteSensitive(ctx: Ctx, rows: readonly LabelledRow[], action: Act['action'] = 'read'): void {
  const labelled = rows.filter(({ sensitivity }) => sensitivity !== null)
  const by = ctx.guest?.by
  const purpose = by === undefined ? {} : { purpose: by === 'emergency' ? ('emergency' as const) : ('shared' as const) }
  for (const [patientId, of] of Map.groupBy(labelled, (row) => row.patient_id)) {
    const underPart2 = of.some(({ sensitivity }) => sensitivity === 'part2')
    const practiceId = of[0]!.practice_id
    ctx.notes.push({ action, subject: 'SensitiveRecord', subjectIds: [patientId], practiceId, underPart2, ...purpose })
  }
}
