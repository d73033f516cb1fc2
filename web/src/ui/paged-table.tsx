import type { ComponentProps } from 'react'
import type { usePages } from '../lib/use-pages.ts'
import { DataTable } from './data-table.tsx'
import { MoreRows } from './more-rows.tsx'
import { Problem } from './problem.tsx'
import { Skeleton } from './skeleton.tsx'

type Table<Row> = ComponentProps<typeof DataTable<Row>>

/** A table that grows by a page at a time: a skeleton until the first is there. */
export function PagedTable<Row>({
  pages,
  height,
  ...table
}: Omit<Table<Row>, 'rows'> & {
  pages: Pick<ReturnType<typeof usePages<unknown, object, Row>>, 'rows' | 'total' | 'fetching' | 'error' | 'loadedAt' | 'more' | 'retry'>
  /** Of the skeleton; left out where the table fills its page, and grows as it is scrolled. */
  height?: number
}) {
  const { rows, total, fetching, error, loadedAt, more, retry } = pages
  if (loadedAt === 0) return error && !fetching ? <Problem error={error} retry={retry} /> : <Skeleton height={height ?? '100%'} />
  return (
    <>
      {error && !fetching && <Problem error={error} retry={retry} stale />}
      <DataTable {...table} rows={rows} {...(height === undefined && { total, onNearEnd: more })} />
      {height !== undefined && <MoreRows shown={rows.length} total={total} fetching={fetching} more={more} />}
    </>
  )
}
