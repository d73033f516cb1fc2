import { useEffect, useRef } from 'react'
import { useMoved } from '../../lib/moved.ts'
import type { RegistryPatient, usePatientPages } from './use-patient-pages.ts'

const keyOf = ({ id }: RegistryPatient): string => id

/** While somebody looks, the list follows the records, and so it does when they come back to it. */
export function useFollowed({ rows, next, loadedAt, follow }: ReturnType<typeof usePatientPages>, sifted: boolean, active: boolean): void {
  useMoved(
    'charts',
    (charts) => {
      // In an order that values do not decide, what is not loaded yet changes nothing that is shown.
      if (charts === null || sifted || next === null || rows.some(({ id }) => charts.includes(id))) void follow(keyOf)
    },
    active,
  )
  const wasKept = useRef(loadedAt > 0)
  const atFirst = useRef(follow)
  useEffect(() => {
    if (wasKept.current) void atFirst.current(keyOf)
  }, [])
}
