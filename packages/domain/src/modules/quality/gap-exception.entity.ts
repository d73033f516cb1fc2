import { exceptionWriters, labelledChartReaders } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { sensitivity } from '#modules/record'

/**
 * Why a gap need not or cannot be closed, in the kinds that quality measures tell apart (reasons of medicine, of the patient, of the system:
 * HL7 QI-Core, "Negation in QI-Core").
 */
export type ExceptionReason = 'contraindicated' | 'limited-life' | 'declined' | 'done-elsewhere' | 'not-available' | 'left-practice'

/** What a clinician documents beside a gap. It changes no figure; ending it leaves the row. */
export const GapException = defineEntity({
  name: 'GapException',
  tableName: 'gap_exception',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    measureId: p.text(),
    reason: p
      .text()
      .$type<ExceptionReason>()
      .check("reason in ('contraindicated', 'limited-life', 'declined', 'done-elsewhere', 'not-available', 'left-practice')"),
    words: p.text(),
    /** The last day. */
    expiresOn: p.date(),
    recordedBy: p.uuid(),
    recordedByName: p.text(),
    recordedAt: p.string().columnType('timestamptz'),
    endedAt: p.string().columnType('timestamptz').nullable(),
    endedByName: p.text().nullable(),
    idempotencyKey: p.text(),
    /** That of the place in the measure when it was documented: it tells of the same. */
    sensitivity,
  },
  uniques: [{ name: 'gap_exception_idempotency', properties: ['practiceId', 'idempotencyKey'] }],
  indexes: [{ name: 'gap_exception_chart', properties: ['practiceId', 'patientId'] }],
  rowLevelSecurity: 'force',
  policies: [...labelledChartReaders('gap_exception', null), ...exceptionWriters],
})
