/**
 * Where an evaluation is: three numbers of shared memory, because a thread that loops without end or ran out of memory cannot say it any
 * more. `definition` is the compiled definition that is being computed, -1 for none; `measure` is the position among those evaluated
 * together, -1 while they are loaded; `chart` is the position among the charts.
 */
export type Progress = Int32Array

export const progressAt = { definition: 0, measure: 1, chart: 2 } as const

export const newProgress = (): Progress => new Int32Array(new SharedArrayBuffer(12)).fill(-1)
