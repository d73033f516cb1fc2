import { type ChangeEvent, useState } from 'react'
import type { TypedDocumentNode } from 'urql'
import { usePages } from '../lib/use-pages.ts'
import { words } from '../words/index.ts'
import { SelectField, TextField } from './field.tsx'
import { useSearch } from './search-field.tsx'

export type Choosable = { readonly id: string; readonly name: string; readonly city?: string | null }
type Connection<Row> = {
  readonly edges: readonly { readonly node: Row }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount: number
}
type Choice = {
  readonly chosen: string
  readonly field: { value: string; onChange: (value: string) => void }
  readonly all: readonly Choosable[]
  readonly rows: readonly Choosable[]
  readonly total: number
  readonly failed: boolean
}

/**
 * One of a list of the API that may be long: the first that fit what is searched for can be chosen, the very first unless told. `before`
 * them stands what can be chosen whatever is searched for; of these, one without an id is no choice yet.
 */
export function useChoice<Data, Row extends Choosable>(
  document: TypedDocumentNode<Data, { search: string | null; first: number; after?: string | null }>,
  pick: (data: Data) => Connection<Row>,
  { before = [] }: { before?: readonly Row[] } = {},
) {
  const { search, field } = useSearch()
  const [wanted, choose] = useState<string | null>(null)
  const pages = usePages(document, { search }, pick, { size: 50 })
  const rows = pages.rows.filter(({ id }) => before.every((one) => one.id !== id))
  const all = [...before, ...rows]
  const chosen = (all.find(({ id }) => id === wanted) ?? all[0])?.id ?? ''
  return { chosen, choose, field, rows: pages.rows, total: pages.total, all, failed: pages.error !== undefined }
}

/** The system's own list, with a field to search above it once it is longer than a page. */
export function ChoiceField({
  label,
  search,
  hideLabel,
  choice: { chosen, field, all, rows, total, failed },
  onChange,
}: {
  label: string
  /** What the field to search with says. */
  search: string
  hideLabel?: boolean
  choice: Choice
  onChange: (event: ChangeEvent<HTMLSelectElement>) => void
}) {
  return (
    <>
      {(rows.length < total || field.value !== '') && (
        <TextField
          label={search}
          {...(hideLabel ? { hideLabel, placeholder: search } : {})}
          type="search"
          autoComplete="off"
          maxLength={200}
          value={field.value}
          onChange={(event) => field.onChange(event.target.value)}
          // It searches by itself; what is around it is sent with its own button.
          onKeyDown={(event) => void (event.key === 'Enter' && event.preventDefault())}
        />
      )}
      <SelectField
        label={label}
        {...(hideLabel ? { hideLabel } : { required: true })}
        {...(failed ? { error: words.states.listFailed } : rows.length < total ? { hint: words.states.shownOf(rows.length, total) } : {})}
        value={chosen}
        onChange={onChange}
      >
        {all.map(({ id, name, city }) => (
          <option key={id} value={id}>
            {[name, city].filter(Boolean).join(', ')}
          </option>
        ))}
      </SelectField>
    </>
  )
}
