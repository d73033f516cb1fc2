import type { ReactNode } from 'react'
import type { CombinedError } from 'urql'
import { Problem } from './problem.tsx'
import { Skeleton } from './skeleton.tsx'

type Result<Data> = { fetching: boolean; data?: Data; error?: CombinedError }

/**
 * One answer of the API in its three states: a skeleton of the given height, the problem in words at the place it concerns, or the
 * children. Data already on screen stays when a refresh fails, with the problem above it.
 */
export function Loaded<Data>({
  result,
  height,
  retry,
  children,
}: {
  result: Result<Data>
  height: number | string
  retry?: () => void
  children: (data: Data) => ReactNode
}) {
  return (
    <>
      {result.error && !result.fetching && <Problem error={result.error} retry={retry} stale={result.data !== undefined} />}
      {result.data !== undefined ? children(result.data) : !result.error || result.fetching ? <Skeleton height={height} /> : null}
    </>
  )
}
