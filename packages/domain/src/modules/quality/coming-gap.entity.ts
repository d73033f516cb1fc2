import { assignedPractices, labelledChartReaders, ownPractice, practiceOfOwnChart, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { sensitivity } from '#modules/record'

/** When a gap that is closed in the newest published period opens again, if within a year after it. `ComingGapState` says beside which figures. */
export const ComingGap = defineEntity({
  name: 'ComingGap',
  tableName: 'coming_gap',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    measureId: p.text().primary(),
    dueOn: p.date(),
    /** The label of a resource that decided the place or the day, if one has one. */
    sensitivity,
  },
  indexes: [{ name: 'coming_gap_due', properties: ['practiceId', 'dueOn', 'patientId'] }],
  rowLevelSecurity: 'force',
  policies: labelledChartReaders('coming_gap', null),
})

export const comingStates = ['under-way', 'ready', 'given-up'] as const
export type ComingStateName = (typeof comingStates)[number]

/** Whether a practice's coming gaps are those of its published figures. Until they are ready nobody is shown any. */
export const ComingGapState = defineEntity({
  name: 'ComingGapState',
  tableName: 'coming_gap_state',
  properties: {
    practiceId: p.uuid().primary(),
    /** The run that was published; one that follows the records since then has the same. */
    runId: p.uuid(),
    /** An earlier run of the same period and engine: where charts have not changed since, what is here of it holds for this one, too. */
    carries: p.uuid().nullable(),
    state: p.text().$type<ComingStateName>().check("state in ('under-way', 'ready', 'given-up')"),
  },
  rowLevelSecurity: 'force',
  policies: [
    ownPractice('coming_gap_state'),
    assignedPractices('coming_gap_state'),
    practiceOfOwnChart('coming_gap_state'),
    workedPractices('coming_gap_state'),
  ],
})
