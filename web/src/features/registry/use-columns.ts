import { useAddress } from '../../lib/address.ts'
import type { ChartParts } from '../patient/chart-parts.ts'
import { columnsFor, type PatientColumn, usualColumns } from './registry-columns.tsx'

/** The columns that the address names, of those that the reader may be shown; else the usual ones. */
export function useColumns(parts: ChartParts) {
  const address = useAddress()
  const all = columnsFor(parts)
  const usual = usualColumns(parts)
  const named = address.get('columns')?.split(',')
  const chosen = named ? named.flatMap((key) => all.find((one) => one === key) ?? []) : usual
  return { all, usual, chosen, choose: (next: readonly PatientColumn[]) => address.set({ columns: inAddress(next, usual) }) }
}

/** Null where they are the usual ones. */
export const inAddress = (columns: readonly PatientColumn[], usual: readonly PatientColumn[]): string | null =>
  columns.join() === usual.join() ? null : columns.join() || 'NONE'
