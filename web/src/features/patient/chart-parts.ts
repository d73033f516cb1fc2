import { useMay } from '../../app/ability.ts'

/** Parts of a chart that not every reader of charts may read. Queries ask for the others under these variables. */
export interface ChartParts {
  /** Problems, medicines, values, visits, gaps. */
  readonly clinical: boolean
  /** Record number, telephone, address, coverage. */
  readonly identifiers: boolean
}

export function useChartParts(): ChartParts {
  const may = useMay()
  return { clinical: may('read', 'ClinicalRecord'), identifiers: may('read', 'Identifiers') }
}
